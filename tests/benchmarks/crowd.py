"""The respondents of the closing hour, in a process of their own: they save when told to, and tell how long it took.

Standard input: `burst` (everybody at once) or `idle N` (N saves, one after another), a line each. Standard output: a
JSON list of [seconds, status] for each line.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

from tests.storm.browser import Browser


class Respondent:
    """Somebody with a section's page before them, who changes one answer each time and saves."""

    def __init__(self, port: int, invitation: int, token: str, section: str) -> None:
        self.port = port
        self.address = f"/answer/{invitation}/aspire/sections/{section}"
        browser = Browser(port)
        browser.cookies["a2p"] = token
        form = browser.get(self.address).form(self.address)
        browser.close()
        self.cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self.fields = dict(form.fields)
        self.changing = next(name for name in form.choices if name.startswith("a-"))
        self.mark = "v" + self.changing[1:]

    async def save(self) -> tuple[float, int]:
        """Save once, on a connection of its own; returns (seconds, status)."""
        self.fields[self.changing] = "starting" if self.fields.get(self.changing) == "working" else "working"
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self._request())
        status = int((await reader.read()).split(maxsplit=2)[1])
        took = time.perf_counter() - start
        writer.close()
        if status == 302:
            self.fields[self.mark] = f"{int(self.fields[self.mark].partition('-')[0]) + 1}-"
        return took, status

    def _request(self) -> bytes:
        body = urlencode(self.fields)
        lines = [
            f"POST {self.address} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: {self.cookies}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", body]).encode()


async def done(order: str, people: list[Respondent]) -> list[tuple[float, int]]:
    """Carry out one line."""
    if order == "burst":
        return await asyncio.gather(*(each.save() for each in people))
    return [await people[number % len(people)].save() for number in range(int(order.split()[1]))]


def main() -> None:
    """The arguments are the port, the section, and the respondents as a JSON file of [invitation id, session token]."""
    port, section, file = sys.argv[1:]
    with Path(file).open() as listed:
        people = [Respondent(int(port), invitation, token, section) for invitation, token in json.load(listed)]
    for line in sys.stdin:
        print(json.dumps(asyncio.run(done(line.strip(), people))), flush=True)


if __name__ == "__main__":
    main()

"""One respondent's device, a process of its own: it opens the link, answers, is asked about clashes, submits, and keeps
a ledger of what it was told. Where a reply does not come it does what people do: send again, or load the page anew."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.storm.browser import Broken, Browser, Fields, Form, Reply
from tests.storm.ledger import Ledger

SAVED = (302, 303)
CLASH = 409


@dataclass(frozen=True, slots=True)
class Device:
    """Who is at this device, and where the site is; it goes on until the file `stop` is there."""

    name: str
    port: int
    token: str
    invitation: int
    questionnaire: str
    sections: tuple[str, ...]
    ledger: str
    stop: str

    @classmethod
    def read(cls, text: str) -> Device:
        """From the argument that the process is started with."""
        values = json.loads(text)
        return cls(**{**values, "sections": tuple(values["sections"])})


class Refused(Exception):
    """The site replied what it never should; the ledger has it."""


class Respondent:
    """Somebody answering on a device."""

    def __init__(self, device: Device) -> None:
        self.device = device
        self.address = f"/answer/{device.invitation}/{device.questionnaire}"
        self.whose = {"invitation": device.invitation, "questionnaire": device.questionnaire}
        self.browser = Browser(device.port)
        self.ledger = Ledger(Path(device.ledger))
        self.chance = random.Random(device.name)
        self.attempts = 0

    def answer_until_stopped(self) -> None:
        """Open the link, then save one section after another."""
        self._until_there(self._open_link)
        while not Path(self.device.stop).exists():
            try:
                self._save_a_section()
                if self.chance.random() < 0.1:
                    self._submit()
            except Broken:
                self._note_broken()
            except Refused:
                continue  # it stands in the ledger

    def _open_link(self) -> None:
        link = f"/i/{self.device.token}"
        form = self._expect(self.browser.get(link), link, 200).form(link)
        self._expect(self.browser.post(link, form.fields), link, *SAVED)

    def _save_a_section(self) -> None:
        address = f"{self.address}/sections/{self.chance.choice(self.device.sections)}"
        form = self._expect(self.browser.get(address), address, 200).form(address)
        asked = [name[2:] for name, _ in form.fields if name.startswith("v-")]
        changed = self.chance.sample(asked, self.chance.randint(1, len(asked)))
        self._save(form, changed, self._typed(form, changed))

    def _typed(self, form: Form, changed: list[str]) -> dict[str, str]:
        """New values for these questions, each told apart from every other that anybody ever sends."""
        self.attempts += 1
        mark = f"{self.device.name}-{self.attempts}"
        typed: dict[str, str] = {}
        for question in changed:
            levels = [value for value in form.choices.get(f"a-{question}", []) if value.startswith("level-")]
            if levels:
                typed |= {f"a-{question}": self.chance.choice(levels), f"c-{question}": f"{mark} said"}
            else:
                typed[f"a-{question}"] = f"{mark} wrote"
        return typed

    def _save(self, form: Form, questions: list[str], typed: dict[str, str]) -> None:
        """Send a form with `typed` in it until it is known what became of it, or given up to load the page anew."""
        fields: Fields = [(name, value) for name, value in form.fields if name not in typed and name != "then"]
        fields += [*typed.items(), ("then", "later")]
        self.attempts += 1
        name, sent = f"{self.device.name}-{self.attempts}", _sent(questions, dict(fields))
        while True:
            self.ledger.write("try", id=name, answers=sent, **self.whose)
            try:
                reply = self.browser.post(form.action, fields)
            except Broken:
                self._note_broken()
                if self.chance.random() < 0.4:
                    return
            else:
                self._told(name, questions, form.action, reply)
                return

    def _told(self, name: str, questions: list[str], address: str, reply: Reply) -> None:
        if self._expect(reply, address, *SAVED, CLASH).status != CLASH:
            self.ledger.write("ack", id=name)
            return
        asking = reply.form(address)
        clashes = [value for field, value in asking.fields if field == "clash"]
        self.ledger.write("ack", id=name, **{"except": clashes})
        kept = [question for question in clashes if self.chance.random() < 0.5]
        decided = {f"k-{question}": "mine" if question in kept else "theirs" for question in clashes}
        self._save(asking, kept, decided)

    def _submit(self) -> None:
        """Submit, often not for the first time: as from a page that was left open."""
        address = f"{self.address}/sections/{self.device.sections[0]}"
        form = self._expect(self.browser.get(address), address, 200).form(address)
        self.attempts += 1
        name = f"{self.device.name}-{self.attempts}"
        self.ledger.write("submit", id=name, **self.whose)
        token = ("csrf_token", form.value("csrf_token"))
        self._expect(self.browser.post(f"{self.address}/submit", [token]), "submit", *SAVED)
        self.ledger.write("submitted", id=name, **self.whose)

    def _expect(self, reply: Reply, path: str, *statuses: int) -> Reply:
        if reply.status not in statuses:
            self.ledger.write("refused", status=reply.status, path=path)
            raise Refused(f"{path}: {reply.status}")
        return reply

    def _until_there(self, act: Callable[[], None]) -> None:
        while True:
            try:
                return act()
            except Broken:
                self._note_broken()

    def _note_broken(self) -> None:
        self.ledger.write("broken")
        time.sleep(0.02)


def _sent(questions: list[str], fields: dict[str, str]) -> dict[str, dict[str, object]]:
    """What is sent for these questions, as the database would hold it."""
    return {
        question: {
            "state": "given",
            "value": fields[f"a-{question}"],
            "comment": fields.get(f"c-{question}", ""),
            "seen": int(fields[f"v-{question}"].partition("-")[0]),
        }
        for question in questions
    }


if __name__ == "__main__":
    Respondent(Device.read(sys.argv[1])).answer_until_stopped()

"""A save is on the disk before it is acknowledged. Killing processes can't show that: the system would still write what
they left. So here the system is asked what the site asked of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.storm.browser import Browser
from tests.storm.place import fill
from tests.storm.server import served

CALLS = "pwrite64,ftruncate,fsync,fdatasync,sendto,sendmsg"
SYNCS = ("fsync", "fdatasync")


def traced(trace: Path) -> tuple[str, ...]:
    """The command under which the system's calls are written down; skips where there is none."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not here")
    if subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], check=False, capture_output=True).returncode:
        pytest.skip("strace may not follow processes here")
    # as a grandchild: signals go to the server, not to what watches it
    return ("strace", "--daemonize", "--follow-forks", "--decode-fds", "--output", str(trace), "--trace", CALLS)


def finished(trace: Path) -> list[str]:
    """The lines of a trace, once the last process has ended."""
    for _ in range(600):
        if re.search(r"\+\+\+ exited with 0 \+\+\+\n\Z", so_far := trace.read_text()):
            return so_far.splitlines()
        time.sleep(0.05)
    raise TimeoutError("the trace does not end")


def calls_before_the_reply(lines: list[str]) -> list[tuple[str, str]]:
    """The calls (name, file) on the database's files in the thread of the last reply "302", since the reply before."""
    told = max(at for at, line in enumerate(lines) if '"HTTP/1.1 302' in line)
    found: list[tuple[str, str]] = []
    for line in lines[:told]:
        thread, name, rest = re.split(r"\s+|\(", line, maxsplit=2)
        if thread != lines[told].split()[0]:
            continue
        if name.startswith("send"):
            found = []
        elif touched := re.match(r"\d+<[^>]*/(a2p\.sqlite[^>]*)>", rest):
            found.append((name, touched[1]))
    return found


def test_what_a_save_wrote_is_synced_before_the_reply(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'a2p.sqlite'}"
    guest = fill(address)[0]
    trace = tmp_path / "trace"
    with served(tmp_path, address, wrapper=traced(trace)) as server:
        browser = Browser(server.port)
        link = f"/i/{guest.token}"
        browser.post(link, browser.get(link).form(link).fields)
        page = f"/answer/{guest.invitation}/{guest.questionnaire}/sections/{guest.sections[0]}"
        form = browser.get(page).form(page)
        saved = browser.post(page, [*form.fields, ("a-aim", "level-2")])
        browser.close()
    assert saved.status == 302
    calls = calls_before_the_reply(finished(trace))
    assert ("pwrite64", "a2p.sqlite") in calls or ("pwrite64", "a2p.sqlite-wal") in calls, calls
    assert calls[-1][0] in SYNCS, calls
    unsynced = {name for call, name in calls if call not in SYNCS} - {name for call, name in calls if call in SYNCS}
    assert not unsynced, calls


@pytest.mark.postgres
def test_a_connection_to_postgres_waits_for_the_disk_at_a_commit(engine: Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite's setting is tested in the store")
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"

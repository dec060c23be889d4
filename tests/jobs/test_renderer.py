"""Each document is made in a process of its own, which can do little else, and can be stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from a2p.documents.making import make
from a2p.documents.order import Order
from a2p.jobs.renderer import NotMade, NotWanted, Renderer
from a2p.settings import ROOT
from tests.documents.rounds import after_workshop


def always() -> bool:
    return True


def its_process() -> bytes:
    return str(os.getpid()).encode()


def calls_home() -> bytes:
    socket.create_connection(("127.0.0.1", 80), timeout=1)
    return b"connected"


def reads_a_secret() -> bytes:
    return Path("/etc/passwd").read_bytes()


def reads_a_stylesheet() -> bytes:
    return (ROOT / "a2p" / "documents" / "assets" / "print.css").read_bytes()


def writes() -> bytes:
    Path("/tmp/a2p-should-not-be-there").write_bytes(b"x")
    return b"written"


def runs_a_program() -> bytes:
    return subprocess.run(["/bin/true"], check=True, capture_output=True).stdout


def takes_all_memory() -> bytes:
    return b"x" * 4 * 1024**3


def dies() -> bytes:
    os._exit(7)


def sleeps() -> bytes:
    time.sleep(60)
    return b"slept"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def test_every_document_has_a_process_of_its_own(renderer: Renderer) -> None:
    made = {renderer.make(its_process, (), always) for _ in range(2)}
    assert len(made) == 2
    assert str(os.getpid()).encode() not in made


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (calls_home, "no socket."),
        (reads_a_secret, "no opening of /etc/passwd"),
        (writes, "no opening of /tmp/a2p-should-not-be-there"),
        (runs_a_program, "no subprocess.Popen"),
        (takes_all_memory, "MemoryError"),
        (dies, "ended with 7"),
    ],
)
def test_what_a_document_has_no_need_of_is_refused(renderer: Renderer, work: Callable[[], bytes], why: str) -> None:
    with pytest.raises(NotMade, match=why):
        renderer.make(work, (), always)


def test_the_packaged_files_may_be_read(renderer: Renderer) -> None:
    assert b"@page" in renderer.make(reads_a_stylesheet, (), always)


@pytest.mark.parametrize(("format_", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_a_record_is_made_without_what_is_refused(renderer: Renderer, format_: str, start: bytes) -> None:
    assert renderer.make(make, (after_workshop(), Order("record", format_)), always).startswith(start)


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(NotMade, match=r"not done after 0\.2 seconds"):
        Renderer(longest=0.2).make(sleeps, (), always)


def test_what_is_wanted_no_longer_is_stopped(renderer: Renderer) -> None:
    with pytest.raises(NotWanted):
        renderer.make(sleeps, (), lambda: False)

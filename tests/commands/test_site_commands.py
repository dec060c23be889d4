"""The commands that keep a site: migrate, serve, worker, demo; run as a person or a service manager runs them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from a2p.commands import main
from a2p.commands.demo import _make as make_demo
from a2p.documents.order import Order
from a2p.mail import Read, read_folder
from a2p.rounds.letters import send_invitations
from a2p.settings import ROOT, documents_folder, outbox_folder
from a2p.store.audit import SYSTEM
from a2p.store.engine import open_engine
from a2p.store.migrate import is_current
from a2p.store.queue import Queue
from a2p.store.round_tables import Job, QuestionnaireVersion
from a2p.store.tables import Installation, Region
from tests import site
from tests.ordered import order_report

SECRETS = {"A2P_SECRET_KEY": "s" * 40, "A2P_PUBLIC_BASE_URL": "http://localhost", "A2P_TRUSTED_HOSTS": "localhost"}
PATIENCE = 60


def a2p(*arguments: str, **environment: str | None) -> Result:
    clean = {name: None for name in os.environ if name.startswith("A2P_")}
    return CliRunner().invoke(main, arguments, env={**clean, **environment})


@contextmanager
def running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command as a process of its own, told to stop at the end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("A2P_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "a2p", *arguments],
        cwd=ROOT,
        env={**clean, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_until(happened: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert process.poll() is None, "the process ended"
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# Migrate


def test_migrating_makes_the_database_and_again_changes_nothing(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/a2p.sqlite")
    published = []
    for _ in range(2):
        outcome = a2p("migrate", A2P_DATA_DIR=str(tmp_path / "new"))
        assert outcome.exit_code == 0, outcome.output
        assert "up to date; 6 questionnaires are published" in outcome.output
        with Session(engine) as session:
            assert is_current(session.connection())
            assert session.scalar(select(Installation.demo)) is False
            versions = session.execute(select(QuestionnaireVersion.id, QuestionnaireVersion.sha256))
            published.append(sorted((row.id, row.sha256) for row in versions))
    assert published[0] == published[1]
    engine.dispose()


@pytest.mark.parametrize("command", ["migrate", "worker"])
def test_a_database_of_another_make_is_refused_without_a_traceback(command: str) -> None:
    outcome = a2p(command, A2P_DATABASE_URL="mysql://localhost/a2p", **SECRETS)
    assert outcome.exit_code == 2
    assert "A2P_DATABASE_URL" in outcome.output


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    outcome = a2p("migrate", A2P_DATA_DIR=str(tmp_path / "file" / "inside"))
    assert outcome.exit_code == 2
    assert "can't be made or opened" in outcome.output


# Serve


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_without_settings_all_that_is_missing_is_named(command: str) -> None:
    outcome = a2p(command)
    assert outcome.exit_code == 2
    for name in SECRETS:
        assert name in outcome.output


def test_a_worker_before_migrating_says_what_to_do(tmp_path: Path) -> None:
    told = a2p("worker", A2P_DATA_DIR=str(tmp_path), **SECRETS)
    assert told.exit_code == 2
    assert told.stderr == "The database is not up to date. Run: a2p migrate\n"


def test_a_worker_without_a_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = a2p("worker", A2P_DATA_DIR=str(tmp_path / "file"), **SECRETS)
    assert told.exit_code == 2
    assert told.stderr.startswith("The database can't be opened: ")


def test_serving_at_a_port_that_is_taken_is_refused_in_a_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = a2p("serve", "--port", str(port), A2P_DATA_DIR=str(tmp_path), **SECRETS)
    assert told.exit_code == 2
    assert told.stderr.startswith(f"127.0.0.1:{port} can't be used (Address already in use).")


def test_serving_before_migrating_says_what_to_do(tmp_path: Path) -> None:
    outcome = a2p("serve", A2P_DATA_DIR=str(tmp_path), **SECRETS)
    assert outcome.exit_code == 2
    assert "a2p migrate" in outcome.output


def test_the_site_is_served_on_what_was_migrated_and_ends_when_told(tmp_path: Path) -> None:
    data = {"A2P_DATA_DIR": str(tmp_path)}
    assert a2p("migrate", **data).exit_code == 0
    port = free_port()

    def is_ready() -> bool:
        try:
            with urlopen(f"http://localhost:{port}/readyz") as answer:
                return bool(answer.status == 200)
        except URLError:
            return False

    with running("serve", "--port", str(port), **data, **SECRETS) as process:
        wait_until(is_ready, process)
    assert not is_ready()


# Worker


def test_a_worker_does_what_pages_handed_in_and_ends_with_its_helper(tmp_path: Path) -> None:
    data = {"A2P_DATA_DIR": str(tmp_path)}
    assert a2p("migrate", **data).exit_code == 0
    engine = open_engine(f"sqlite:///{tmp_path}/a2p.sqlite")
    with Session(engine) as session, session.begin():
        session.delete(session.scalars(select(Installation)).one())
        session.flush()
        own = site.build(session).own
        job_id = order_report(session, own.result, own.coordinator.id, tmp_path, Order("summary")).id
        own.invited[1].invitation.email = "ben@example.org"
        assert send_invitations(session, own.open, SYSTEM).written == 1
    queue = Queue(tmp_path)
    queue.hand_in(job_id)
    queue.hand_in_letters()

    def job() -> Job:
        with Session(engine) as session:
            return session.get_one(Job, job_id)

    def letters() -> list[Read]:
        return read_folder(outbox_folder(tmp_path), newest=9)

    with running("worker", **data, **SECRETS) as process:
        wait_until(lambda: job().state in ("done", "failed") and bool(letters()), process)
    done = job()
    assert done.state == "done", done.message
    assert (documents_folder(tmp_path) / str(done.file)).read_bytes().startswith(b"%PDF-")
    assert [letter.to for letter in letters()] == ["ben@example.org"]
    for _ in range(100):
        if is_there(process.pid):
            time.sleep(0.1)
    assert not is_there(process.pid)
    engine.dispose()


def is_there(group: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_demos_invented_people_get_no_letters_by_a_mail_server(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/a2p.sqlite"
    make_demo(address)
    mail = {"A2P_MAIL_SERVER": "smtp://mail.example.org", "A2P_DATABASE_URL": address}
    told = a2p("worker", "--only", "letters", A2P_DATA_DIR=str(tmp_path), **SECRETS, **mail)
    assert told.exit_code == 2
    assert "a demo's database" in told.stderr


PAGE = """
import sys
from pathlib import Path
from tests.web.installation import install, settings_of
installed = install(settings_of(Path(sys.argv[1]), sys.argv[2]))
own = installed.site.own
client = installed.coordinator(own)
page = client.get(f"/rounds/{own.closed.id}/results/sample")
assert page.status_code == 200, page.status_code
ordered = client.post(
    f"/rounds/{own.closed.id}/results/sample/documents/pack",
    data={"csrf_token": installed.form_token(client), "length": "ninety", "parts": "discuss", "format": "pdf"},
)
assert ordered.status_code == 302, ordered.status_code
assert "weasyprint" not in sys.modules
"""


def test_a_web_process_never_loads_the_renderer(tmp_path: Path, sqlite_url: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", PAGE, str(tmp_path), sqlite_url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


# Demo


def test_a_demo_is_made_once_and_then_kept(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/demo.sqlite"
    for _ in range(2):
        make_demo(address)
    engine = open_engine(address)
    with Session(engine) as session:
        assert session.scalar(select(Installation.demo)) is True
        assert session.scalar(select(func.count()).select_from(Region)) == 2
    engine.dispose()


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        outcome = a2p("demo", "--port", port, "--data", str(tmp_path / "demo"))
    assert outcome.exit_code == 2
    assert "--port 8001" in outcome.output
    assert not (tmp_path / "demo").exists()


# Sample


def test_a_sample_is_the_same_from_the_same_seed_and_can_be_scored(tmp_path: Path) -> None:
    first, again, other = (a2p("sample", "aspire", "--seed", seed) for seed in ("5", "5", "6"))
    assert first.exit_code == 0, first.output
    assert first.stdout == again.stdout != other.stdout
    answers = tmp_path / "answers.csv"
    answers.write_text(first.stdout, encoding="utf-8")
    scored = a2p("score", "aspire", str(answers))
    assert scored.exit_code == 0, scored.output
    assert '"respondents": 18' in scored.stdout


def test_a_sample_of_impossible_numbers_is_refused_in_words() -> None:
    outcome = a2p("sample", "aspire", "--respondents", "2", "--organisations", "3")
    assert outcome.exit_code == 2
    assert "--respondents" in outcome.output

"""The script `run`, tried in a folder of its own with a PATH of stand-ins, so that nothing here installs anything."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent.parent / "run"
REAL_TOOLS = ("sh", "cat", "cmp", "cp", "dirname", "env", "grep", "readlink", "rm", "tail", "uname")
ALL_LIBRARIES = "libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 libatomic.so.1"


class Sandbox:
    """A copy of the script beside stand-ins for the programs that would change or look at the machine."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        self.tools = folder / "tools"
        self.elsewhere = folder / "elsewhere"
        for made in (self.project / "tests", self.tools, self.elsewhere):
            made.mkdir(parents=True)
        shutil.copy(SCRIPT, self.project / "run")
        for tool in REAL_TOOLS:
            found = shutil.which(tool)
            if found:
                (self.tools / tool).symlink_to(found)
        self.write_locks("# no libraries\n")
        self.stand_in("id", "echo 1000")
        self.stand_in("ldconfig", f"echo {ALL_LIBRARIES}")
        self.stand_in("chromium", "exit 0")

    def write_locks(self, text: str) -> None:
        for name in ("requirements.lock", "requirements-dev.lock"):
            (self.project / name).write_text(text, "utf-8")

    def stand_in(self, name: str, body: str) -> None:
        program = self.tools / name
        program.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        program.chmod(0o755)

    def pretend_installed(self) -> None:
        """A .venv that counts as complete, whose Python tells how it was called."""
        python = self.project / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/sh\necho "$A2P_CHROMIUM|$PWD|$PYTHONPATH|$*"\n', "utf-8")
        python.chmod(0o755)
        for name in ("requirements.lock", "requirements-dev.lock"):
            shutil.copy(self.project / name, self.project / ".venv" / name)
        (self.project / ".venv" / "python-path").write_text(f"{python.resolve()}\n", "utf-8")

    def run(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": str(self.tools), "HOME": str(self.elsewhere), **settings}
        return subprocess.run(
            ["/bin/sh", str(self.project / "run"), *arguments],
            cwd=self.elsewhere,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


@pytest.fixture
def installed(sandbox: Sandbox) -> Sandbox:
    sandbox.pretend_installed()
    return sandbox


def commands_of_the_script() -> list[str]:
    last_case = SCRIPT.read_text("utf-8").rsplit("case $command in", 1)[1]
    labels = re.findall(r"^([a-z0-9 |-]+)\)$", last_case, re.MULTILINE)
    return [name for label in labels for name in label.split(" | ") if not name.startswith(("-", "help"))]


def a_small_wheel(folder: Path) -> str:
    """Writes a wheel that pip installs like any other; returns its line for a lock file."""
    wheel = folder / "a2pprobe-1.0-py3-none-any.whl"
    info = "a2pprobe-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("a2pprobe.py", "WORD = 'installed'\n")
        archive.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: a2pprobe\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"a2pprobe==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def test_every_shell_that_is_here_can_read_the_script() -> None:
    for shell in filter(None, map(shutil.which, ("sh", "dash", "bash"))):
        subprocess.run([shell, "-n", str(SCRIPT)], check=True)


def test_the_help_names_every_command(sandbox: Sandbox) -> None:
    told = sandbox.run()
    assert told.returncode == 0
    working = {"test", "check", "bench", "storm", "mutate", "texts"}
    assert set(commands_of_the_script()) == {"a2p", "demo", "worker", *working}
    for command in commands_of_the_script():
        assert f"./run {command}" in told.stdout


def test_an_unknown_command_is_told_in_one_line(sandbox: Sandbox) -> None:
    told = sandbox.run("tset")
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr == "run: there is no command 'tset'; ./run alone lists them\n"


def test_the_command_line_works_in_the_users_own_folder(installed: Sandbox) -> None:
    told = installed.run("a2p", "report", "aspire", "my answers.csv", "-o", "out.pdf")
    assert told.stderr == ""
    assert told.stdout == f"|{installed.elsewhere}|{installed.project}|-m a2p report aspire my answers.csv -o out.pdf\n"


@pytest.mark.parametrize("command", ["demo", "worker"])
def test_demo_and_worker_are_commands_of_the_command_line(installed: Sandbox, command: str) -> None:
    assert installed.run(command, "--port", "8001").stdout.endswith(f"|-m a2p {command} --port 8001\n")


@pytest.mark.parametrize("command", ["storm", "mutate"])
def test_what_is_tried_at_length_lies_beside_the_tests(installed: Sandbox, command: str) -> None:
    told = installed.run(command, "--seconds", "5").stdout
    assert told.endswith(f"|{installed.project}|{installed.project}|-m tests.{command} --seconds 5\n")


def test_the_script_may_be_called_through_a_link(installed: Sandbox) -> None:
    (installed.elsewhere / "project").symlink_to(installed.project)
    (installed.elsewhere / "link").symlink_to(installed.project / "run")
    for name in ("link", "project/run"):
        called = subprocess.run(
            ["/bin/sh", name, "a2p"],
            cwd=installed.elsewhere,
            env={"PATH": str(installed.tools)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert called.stdout.endswith(f"|{installed.project}|-m a2p\n")


def test_tests_run_two_at_a_time_unless_told_otherwise(installed: Sandbox) -> None:
    assert installed.run("test").stdout.endswith("|-m pytest -n 2 tests\n")
    assert installed.run("test", "-k", "blank", "tests/scoring").stdout.endswith("|-m pytest -k blank tests/scoring\n")


def test_the_browser_that_is_here_is_passed_on_to_the_tests(installed: Sandbox) -> None:
    assert installed.run("test").stdout.startswith(f"{installed.tools}/chromium|")
    assert installed.run("test", A2P_CHROMIUM="/opt/my-browser").stdout.startswith("/opt/my-browser|")


@pytest.mark.parametrize(("user", "prefix"), [("0", ""), ("1000", "sudo ")])
def test_without_apt_the_exact_line_is_printed_and_the_work_goes_on(installed: Sandbox, user: str, prefix: str) -> None:
    installed.stand_in("id", f"echo {user}")
    installed.stand_in("ldconfig", "echo libz.so.1 libpango-1.0.so.0")
    told = installed.run("a2p", "check")
    line = f"    {prefix}apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
    assert line in told.stderr.splitlines()
    assert told.returncode == 0
    assert told.stdout.endswith("|-m a2p check\n")


def test_only_what_is_missing_is_installed(installed: Sandbox) -> None:
    installed.stand_in("id", "echo 0")
    installed.stand_in("ldconfig", "echo libpango-1.0.so.0 libharfbuzz-subset.so.0")
    installed.stand_in("apt-get", 'echo "$*" >> "$HOME/asked"')
    told = installed.run("a2p")
    asked = (installed.elsewhere / "asked").read_text("utf-8").splitlines()
    assert len(asked) == 1
    assert asked[0].endswith("install -y --no-install-recommends libpangoft2-1.0-0")
    assert told.stderr == "run: installing libpangoft2-1.0-0 with apt-get (making PDFs)\n"


def test_old_package_lists_are_fetched_anew_once(installed: Sandbox) -> None:
    installed.stand_in("id", "echo 0")
    installed.stand_in("ldconfig", "echo libz.so.1")
    installed.stand_in("apt-get", 'echo "$*" >> "$HOME/asked"; echo "E: no such package"; [ "${4}" = update ]')
    told = installed.run("a2p")
    asked = (installed.elsewhere / "asked").read_text("utf-8").splitlines()
    assert [line.split()[3] for line in asked] == ["install", "update", "install"]
    assert "E: no such package" in told.stderr
    assert told.stdout.endswith("|-m a2p\n")


def test_someone_who_is_not_root_installs_through_sudo(installed: Sandbox) -> None:
    installed.stand_in("ldconfig", "echo libz.so.1")
    installed.stand_in("apt-get", "exit 0")
    installed.stand_in("sudo", 'echo "$*" >> "$HOME/asked"')
    installed.run("a2p")
    asked = (installed.elsewhere / "asked").read_text("utf-8").splitlines()
    assert asked[-1].startswith("-n env DEBIAN_FRONTEND=noninteractive apt-get")


def test_a_sudo_that_wants_a_password_is_not_asked_where_nobody_can_type(installed: Sandbox) -> None:
    installed.stand_in("ldconfig", "echo libz.so.1")
    installed.stand_in("apt-get", "exit 0")
    installed.stand_in("sudo", 'echo "$*" >> "$HOME/asked"; exit 1')
    told = installed.run("a2p")
    assert (installed.elsewhere / "asked").read_text("utf-8") == "-n true\n"
    assert "    sudo apt-get install -y" in told.stderr


@pytest.mark.parametrize("python", ["/nowhere/python3", "/bin/false"])
def test_a_python_that_will_not_do_is_refused_by_name(sandbox: Sandbox, python: str) -> None:
    told = sandbox.run("a2p", A2P_PYTHON=python)
    assert told.returncode == 1
    assert told.stderr == f"run: A2P_PYTHON={python} is not a Python of 3.11 or newer\n"


@pytest.fixture
def fresh(sandbox: Sandbox) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A project whose one library lies in a folder, called with the real Python and the real pip."""
    (sandbox.project / "a2p").mkdir()
    (sandbox.project / "a2p" / "__main__.py").write_text("import a2pprobe\nprint(a2pprobe.WORD)\n", "utf-8")

    def run(lock: str) -> subprocess.CompletedProcess[str]:
        sandbox.write_locks(lock)
        python = str(Path(sys.executable).resolve())
        return sandbox.run(
            "a2p",
            A2P_PYTHON=python,
            PIP_CONFIG_FILE=os.devnull,
            PIP_NO_INDEX="1",
            PIP_FIND_LINKS=str(sandbox.elsewhere),
        )

    return run


def test_a_first_start_installs_and_a_second_only_starts(
    sandbox: Sandbox, fresh: Callable[[str], subprocess.CompletedProcess[str]]
) -> None:
    lock = a_small_wheel(sandbox.elsewhere)
    first = fresh(lock)
    assert (first.stdout, first.returncode) == ("installed\n", 0), first.stderr
    assert [line.split()[1] for line in first.stderr.splitlines()] == ["making", "installing"]
    second = fresh(lock)
    assert (second.stdout, second.stderr) == ("installed\n", "")
    changed = fresh(f"# a newer lock\n{lock}")
    assert [line.split()[1] for line in changed.stderr.splitlines()] == ["installing"]


def test_a_failed_installation_is_never_taken_for_a_finished_one(
    sandbox: Sandbox, fresh: Callable[[str], subprocess.CompletedProcess[str]]
) -> None:
    lock = a_small_wheel(sandbox.elsewhere)
    tampered = lock.replace(lock[-9:-1], "00000000")
    for _ in range(2):
        told = fresh(tampered)
        assert told.returncode == 1
        assert told.stdout == ""
        assert "HASHES" in told.stderr
        assert told.stderr.endswith("the same command tries again\n")
    assert fresh(lock).stdout == "installed\n"

"""The README says what is so."""

from __future__ import annotations

import re

from a2p.commands import COMMANDS
from a2p.settings import ROOT, SETTINGS

README = (ROOT / "README.md").read_text()


def test_every_setting_stands_in_the_readme_with_its_default_and_meaning() -> None:
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        assert f"| `{setting.name}` | {default} | {setting.meaning} |" in README


def test_every_command_stands_in_the_readme_and_no_other() -> None:
    assert set(re.findall(r"^\| `a2p ([a-z]+)", README, re.MULTILINE)) == set(COMMANDS)


def test_every_picture_and_file_that_the_readme_shows_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).is_file(), target

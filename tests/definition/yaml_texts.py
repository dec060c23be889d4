"""A small definition as YAML text, and how tests ask what is wrong with one."""

from __future__ import annotations

from a2p.definition.loader import ANYWHERE, parse
from a2p.definition.problems import DefinitionErrors
from a2p.definition.rules import Surroundings

SMALL = """\
questionnaire: small
version: 1
title: Small
language: en
for: [county]
sources:
  launch: {title: Launch report}
scales:
  maturity:
    - {id: not-yet, label: Not yet}
    - {id: working, label: Working}
sections:
  - id: purpose
    title: Purpose
    stands_on: [launch 3.5]
    questions:
      - id: aim
        ask: Is the aim clear?
        scale: maturity
        levels: {not-yet: Nobody says so., working: Everybody says so.}
      - id: reviewer
        ask: Who reviews it?
        type: choice
        options: [{id: board, label: The board}, {id: nobody, label: Nobody}]
        show_if: {aim: [working]}
"""


def problems_of(text: str | bytes, around: Surroundings = ANYWHERE) -> list[str]:
    """Every mistake as `line:column: where: what`, [] if there is none."""
    data = text.encode() if isinstance(text, str) else text
    try:
        parse(data, "f", around)
    except DefinitionErrors as errors:
        return [str(problem).removeprefix("f:") for problem in errors.problems]
    return []


def small_with(old: str, new: str) -> str:
    """The small definition with one place changed; the place must be there exactly once."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)

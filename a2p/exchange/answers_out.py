"""Answers out, in the long CSV form that `a2p score` reads."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

from a2p.scoring.answers import Answer, Respondent, State

HEADER = ("respondent", "organisation", "question", "answer", "sector", "comment", "councillor", "layer")
GUARDED = ("=", "+", "-", "@", "\t", "\r")


def write_answers(respondents: Iterable[Respondent], out: TextIO) -> None:
    """Write a row for each answer. Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for who in respondents:
        for question, answer in who.answers.items():
            attributes = (who.sector or "", guarded(answer.comment), who.councillor or "", who.layer or "")
            writer.writerow((who.id, guarded(who.organisation), question, _cell(answer), *attributes))


def guarded(text: str) -> str:
    """Text as a spreadsheet may hold it: never a formula. Numbers are left alone by their writers, not passed here."""
    return f"'{text}" if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded; any other as it is."""
    return text[1:] if text.startswith("'") and _needs_guard(text[1:]) else text


def _needs_guard(text: str) -> bool:
    # an apostrophe of the text's own gets a second one, so that it is still there when it is read back
    return text.lstrip(" '").startswith(GUARDED)


def _cell(answer: Answer) -> str:
    if answer.state is State.GIVEN:
        return answer.value if _is_number(answer.value) else guarded(answer.value)
    return "" if answer.state is State.BLANK else answer.state.value


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()

"""The promise is whole, and says what the round's choices and the installation's settings are."""

from __future__ import annotations

from pathlib import Path

import pytest

from a2p.definition.canonical import canonical_json, sha256
from a2p.definition.catalogue import read
from a2p.rounds.promise import promise
from a2p.settings import Settings
from a2p.store.round_tables import QuestionnaireVersion, Round

SETTINGS = Settings("k" * 40, "http://localhost", ("localhost",), Path(), "", responsible="the East office")
ALWAYS = ("the East office", "freedom of information", "funding, ranking or inspection", "12 months", "opened again")
APART = (
    "may guess",
    "councils may be compared",
    "five people",
    "three organisations",
    "on paper",
    "key it in only if you",
)


def text(together: bool = False, attribution: str = "private", settings: Settings = SETTINGS) -> str:
    lines = promise(Round(together=together, attribution=attribution), settings)
    return " ".join(f"{line.about} {line.says}" for line in lines)


@pytest.mark.parametrize(
    ("together", "attribution", "said"),
    [
        (False, "private", "They do not see your answers"),
        (False, "open", "by the organisation’s name"),
        (True, "private", "one answer together"),
    ],
)
def test_the_promise_says_what_the_round_chose(*, together: bool, attribution: str, said: str) -> None:
    whole = text(together, attribution)
    assert said in whole
    for always in ALWAYS:
        assert always in whole


@pytest.mark.parametrize("attribution", ["private", "open"])
def test_who_answers_apart_is_told_of_minimums_comparisons_and_paper(attribution: str) -> None:
    whole = text(attribution=attribution)
    for said in APART:
        assert said in whole


def test_only_a_private_round_promises_that_no_organisation_is_named() -> None:
    assert "never which" in text()
    assert "never which" not in text(attribution="open")


def test_the_promise_follows_the_settings() -> None:
    other = Settings(
        "k" * 40, "http://localhost", (), Path(), "", responsible="the West", kept_months=1, contact="us@example.org"
    )
    whole = text(settings=other)
    assert "run by the West" in whole
    assert "erased 1 month after" in whole
    assert "us@example.org" in whole


@pytest.mark.parametrize(("questionnaire", "told"), [("two-tier", True), ("aspire", False)])
def test_who_is_asked_about_county_and_districts_is_told_that_the_others_may_see_it(
    questionnaire: str, *, told: bool
) -> None:
    definition = read(questionnaire)
    version = QuestionnaireVersion(sha256=sha256(definition), canonical=canonical_json(definition).decode())
    lines = promise(Round(together=False, attribution="private", versions=[version]), SETTINGS)
    assert ("The county and its districts" in [line.about for line in lines]) is told

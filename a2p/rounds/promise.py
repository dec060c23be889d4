"""The promise: who sees what, said on the first page of every round, made from the round's choices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from a2p.rounds.both_ends import OF_BOTH
from a2p.scoring import minimums
from a2p.settings import Settings
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Round

NUMBERS = {3: "three", 5: "five"}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One line of the promise: whom or what it is about, and what it says."""

    about: str
    says: str


def promise(round_: Round, settings: Settings) -> tuple[PromiseLine, ...]:
    """The promise of a round; who runs the site, whom to ask and how long people are kept are the installation's."""
    return (*(_together() if round_.together else _apart(round_)), *_always(round_, settings))


def _names(round_: Round) -> bool:
    """Whether the round's results name organisations."""
    return round_.attribution == "open" and not round_.together


def _together() -> Iterator[PromiseLine]:
    yield PromiseLine(
        "Your partnership’s answer",
        "Your partnership gives one answer together. Everybody with the link can read and change it until it is "
        "closed.",
    )
    yield PromiseLine(
        "Results",
        "Once the round is closed, your coordinator, your chair and a facilitator they name see all of it, with what "
        "was written.",
    )


def _apart(round_: Round) -> Iterator[PromiseLine]:
    is_open = _names(round_)
    yield from _open() if is_open else _private()
    yield from _minimums(is_open=is_open)
    yield PromiseLine("Your comments", _COMMENTS + (_REASONS if is_open else ""))
    yield PromiseLine(
        "Small partnerships", "Where few people answer, those who know one another may guess who said what."
    )


def _private() -> Iterator[PromiseLine]:
    yield PromiseLine(
        "You",
        "Only you see your own answers, and you can correct them until the round closes. You can keep a copy.",
    )
    yield PromiseLine(
        "Your coordinator and chair",
        "They see who has been invited and who has submitted. They do not see your answers. After the round closes "
        "they see how many organisations stand at each level, never which.",
    )
    yield PromiseLine(
        "A facilitator",
        "If your coordinator names somebody to lead the talk about the results, they see the same, and of the people "
        "only how many were asked and how many answered.",
    )


def _open() -> Iterator[PromiseLine]:
    yield PromiseLine(
        "This is an open round",
        "Your partnership chose that organisations are named. After the round closes your coordinator, your chair and "
        "a facilitator they name are shown each organisation’s level on each question by the organisation’s name, or "
        "that it did not know, said that the question does not apply, or gave no answer.",
    )
    yield PromiseLine(
        "If you alone answer for your organisation",
        "Then its level is your own answer, and they can tell that it is yours.",
    )
    yield PromiseLine(
        "If several of you answer for it",
        "Its level is the one nearest to the average of what you chose. Nobody is shown what one of you answered, but "
        "one who knows their own answer may work out the other’s. Where councillors alone are asked, nobody is named.",
    )
    yield PromiseLine(
        "Who is never shown names",
        "Others who answered, the region and the public are never shown an organisation’s level by its name, whatever "
        "is released to them.",
    )
    yield PromiseLine(
        "You",
        "You can correct your answers until the round closes, and keep a copy. Until then nobody else sees them.",
    )
    yield PromiseLine(
        "Your coordinator and chair",
        "They see who has been invited and who has submitted. They can still make the round private until it closes; "
        "then nobody is named. A private round is never made open.",
    )
    yield PromiseLine(
        "A facilitator",
        "If your coordinator names somebody to lead the talk about the results, they see the same results, and of the "
        "people only how many were asked and how many answered.",
    )


def _minimums(*, is_open: bool) -> Iterator[PromiseLine]:
    people, organisations = NUMBERS[minimums.RESPONDENTS], NUMBERS[minimums.VOICES]
    unnamed = (
        " Then no organisation is named either, nor on a question that is asked only after certain answers to another."
    )
    yield PromiseLine(
        "When figures are not shown",
        f"A question’s figures are shown only where at least {people} people answered it and at least "
        f"{organisations} organisations gave a level, or {people} councillors where councillors alone are asked. "
        "Below that it says no more than how many answered." + (unnamed if is_open else ""),
    )
    yield PromiseLine(
        "Groups",
        f"Where at least {people} people of councils answered a question, councils may be compared with the other "
        "partners, however few the councils are. Executive and other councillors, and the partnership’s board and "
        f"groups, are compared only where each has at least {people} people.",
    )


_COMMENTS = (
    "Nobody is shown a comment before somebody outside the coordinator’s organisation has read it over; it is then "
    "shown without your name. After the round closes you can withhold one from everybody. Don’t write what would tell "
    "who you are, unless you wish to."
)
_REASONS = (
    " It is not shown with your organisation’s name either. But if you say why a question does not apply, and your "
    "organisation is the only one to say so, it can be told from the names."
)


def _always(round_: Round, settings: Settings) -> Iterator[PromiseLine]:
    yield PromiseLine(
        "The region",
        "The programme manager sees how many were asked and how many answered. Nothing of the results goes to the "
        "region unless your partnership decides to release it. The region has undertaken not to use results for "
        "funding, ranking or inspection.",
    )
    if any(OF_BOTH.issuperset(definition_of(version).kinds) for version in round_.versions):
        yield PromiseLine(
            "The county and its districts",
            "If your partnership decides so and releases question scores to the region, the other partnerships of your "
            "county area that decided the same see them beside their own. They never see more than the region does.",
        )
    if not round_.together:
        yield PromiseLine(
            "On paper",
            "You can answer on paper. Send the form to the facilitator or the region’s office, who key it in and are "
            "the only ones to read it. Your coordinator may key it in only if you agree, and that you did is kept.",
        )
    yield PromiseLine(
        "If the round is opened again",
        "It may be, for a reason that is kept. Its first results stay beside the new ones, and new ones are shown only "
        "if comparing the two would not tell what one person answered."
        + (" Organisations are named in the first results alone." if _names(round_) else ""),
    )
    asked = f" Write to {settings.contact} with questions." if settings.contact else ""
    yield PromiseLine(
        "Who runs this site", f"It is run by {settings.responsible}, who is responsible for the data kept on it.{asked}"
    )
    months = "1 month" if settings.kept_months == 1 else f"{settings.kept_months} months"
    yield PromiseLine(
        "How long it is kept",
        f"Names, e-mail addresses and single answers are to be erased {months} after the round closes"
        + (", and with them each organisation’s level by name" if _names(round_) else "")
        + ". The results, which name no person, stay.",
    )
    yield PromiseLine(
        "What we can’t promise",
        "Public bodies are subject to freedom of information law, so we say “not shown”, never “secret”.",
    )

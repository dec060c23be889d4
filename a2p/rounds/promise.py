"""The promise: who sees what, said on the first page of every round, made from the round's choices."""

from __future__ import annotations

from dataclasses import dataclass

from a2p.store.round_tables import Round


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One line of the promise: whom or what it is about, and what it says."""

    about: str
    says: str


def promise(round_: Round, responsible: str) -> tuple[PromiseLine, ...]:
    """The promise of a round. `responsible` is who runs the site and answers for its data, from the settings."""
    shown = _together() if round_.together else _apart(round_)
    return (
        *shown,
        PromiseLine(
            "The region",
            "Nothing of the results goes to the region unless your partnership decides to release it. "
            "The region has undertaken not to use results for funding, ranking or inspection.",
        ),
        PromiseLine("Who runs this site", f"It is run by {responsible}, who is responsible for the data kept on it."),
        PromiseLine(
            "What we can’t promise",
            "Public bodies are subject to freedom of information law, so we say “not shown”, never “secret”.",
        ),
    )


def _together() -> tuple[PromiseLine, ...]:
    return (
        PromiseLine(
            "Your partnership’s answer",
            "Your partnership gives one answer together. Everybody with the link can read and change it until it is "
            "closed.",
        ),
        PromiseLine("Results", "Your coordinator and chair see all of it, once the round is closed."),
    )


def _apart(round_: Round) -> tuple[PromiseLine, ...]:
    coordinator = PromiseLine(
        "Your coordinator and chair",
        "They see who has been invited and who has submitted. They do not see your answers. After the round closes "
        "they see how many organisations stand at each level, and only where at least five people answered and at "
        "least three organisations gave a level.",
    )
    if round_.attribution == "open":
        coordinator = PromiseLine(
            "Your coordinator and chair",
            "Your partnership chose an open round: after it closes, each organisation’s level on each question may "
            "be shown by the organisation’s name. Nobody is shown what one person answered.",
        )
    return (
        PromiseLine(
            "You", "Only you see your own answers while the round is open, and you can correct them until it closes."
        ),
        coordinator,
        PromiseLine(
            "Your comments",
            "Nobody is shown a comment before somebody outside the coordinator’s organisation has read it over; it "
            "is then shown without your name. Don’t write what would tell who you are, unless you wish to.",
        ),
        PromiseLine(
            "Small partnerships",
            "Where few people answer, those who know one another may guess who said what.",
        ),
    )

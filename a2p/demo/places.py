"""The invented places of the demo and what is true of each. No such place, person or organisation exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from a2p.definition.model import Kind
from a2p.exchange.sample import Story
from a2p.scoring.answers import Sector


@dataclass(frozen=True, slots=True)
class DemoRound:
    """One round: what is asked, how many answer, and the story told. `days_ago` is when it closed; None: it is open.

    Of the invited people, `silent` did not submit. With `outcomes` the partnership went on from its result: it agreed,
    acts and released. `is_open`: it names organisations.
    """

    name: str
    questionnaires: tuple[str, ...]
    respondents: int
    organisations: int
    story: Story
    days_ago: int | None = None
    silent: int = 0
    together: bool = False
    outcomes: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A partnership: its name and kind, the one above it, its coordinator, its rounds."""

    name: str
    kind: Kind
    coordinator: str
    rounds: tuple[DemoRound, ...]
    above: str | None = None


# What the councils of the invented answers are where one council does the work of two.
IN_A_UNITARY: Mapping[str, tuple[str, Sector]] = {
    "County council": ("City council", "unitary-council"),
    "District council": ("Town and parish councils", "parish-town"),
}
SPRING, AUTUMN, SUMMER = "Spring 2026", "Autumn 2026", "Summer 2026"
ASPIRE = ("aspire",)
PLAIN = Story()
STRONG = Story(level=0.8, spread=0.12)

FIRST_REGION: tuple[Place, ...] = (
    Place(
        "Great Sedgeland Partnership",
        "county",
        "Marian Holt",
        (
            DemoRound(
                SPRING,
                ASPIRE,
                18,
                9,
                Story(level=0.6, sections={"purpose": 0.8, "decisions": 0.3}, split=frozenset({"behaviour"})),
                days_ago=210,
                silent=3,
                outcomes=True,
            ),
            DemoRound(AUTUMN, ASPIRE, 20, 10, PLAIN, silent=9),
        ),
    ),
    Place(
        "Wicken Vale Partnership",
        "district",
        "Tomas Ekwe",
        (
            DemoRound(
                SPRING, ASPIRE, 20, 10, Story(level=0.45, unknown=frozenset({"decisions"})), days_ago=190, silent=2
            ),
        ),
        above="Great Sedgeland Partnership",
    ),
    Place(
        "Ouse Bank Together",
        "district",
        "Priya Lonsdale",
        (DemoRound(SPRING, ASPIRE, 1, 1, Story(level=0.65), days_ago=200, together=True),),
        above="Great Sedgeland Partnership",
    ),
    Place(
        "Port Saxby Partnership",
        "unitary",
        "Gareth Amadi",
        (
            DemoRound(SPRING, ASPIRE, 30, 14, STRONG, days_ago=180, silent=4),
            DemoRound(AUTUMN, ASPIRE, 24, 12, STRONG, silent=24),
        ),
    ),
    Place(
        "Harbour Quay Partnership",
        "unitary",
        "Ros Petrie",
        (DemoRound(SPRING, ASPIRE, 4, 3, Story(level=0.4), days_ago=170, silent=1),),
    ),
    Place(
        "Lark Heath Partnership",
        "county",
        "Desmond Oyelaran",
        (DemoRound(SPRING, ASPIRE, 17, 16, Story(level=0.35), days_ago=175, silent=11),),
    ),
    Place(
        "Saxby Riverside Forum",
        "local",
        "Ines Calloway",
        (
            DemoRound(
                SPRING, ("first-look",), 9, 6, Story(level=0.5, sections={"members": 0.15}), days_ago=160, silent=1
            ),
            DemoRound(AUTUMN, ("perform",), 8, 5, PLAIN, silent=6),
        ),
        above="Wicken Vale Partnership",
    ),
    Place(
        "Marram Point Forum",
        "local",
        "Lorna Quist",
        (DemoRound(SPRING, ("place-shaping",), 11, 6, Story(level=0.6), days_ago=150, silent=2, is_open=True),),
        above="Wicken Vale Partnership",
    ),
)

ALL_FOR_COUNTY = ("aspire", "two-tier", "perform", "place-shaping", "member-engagement")
ALL_FOR_UNITARY = ("aspire", "perform", "place-shaping", "member-engagement")

SECOND_REGION: tuple[Place, ...] = (
    Place(
        "Castle Downs Partnership",
        "unitary",
        "Helena Brandt",
        (
            DemoRound(
                SUMMER,
                ALL_FOR_UNITARY,
                40,
                12,
                Story(
                    level=0.55,
                    sections={
                        **dict.fromkeys(("shared-meaning", "knowing", "vision", "community-voice", "into-plans"), 0.85),
                        "scrutiny": 0.12,
                        "influence": 0.35,
                        "understanding": 0.85,
                        "development": 0.45,
                    },
                    spread=0.14,
                ),
                days_ago=100,
                silent=2,
            ),
        ),
    ),
    Place(
        "Upper Tarn County Partnership",
        "county",
        "Kofi Render",
        (
            DemoRound(
                SUMMER,
                ALL_FOR_COUNTY,
                40,
                12,
                Story(level=0.6, sections=dict.fromkeys(("roles", "aligned-aims", "voice", "economy", "trust"), 0.8)),
                days_ago=95,
                silent=3,
            ),
        ),
    ),
    Place(
        "Tarnside District Partnership",
        "district",
        "Bethan Moss",
        (
            DemoRound(
                SUMMER,
                ("two-tier", "first-look"),
                15,
                8,
                Story(
                    level=0.6,
                    # busy with the county and unheard by it: no meeting too many, and no say
                    sections={
                        "roles": 0.3,
                        "aligned-aims": 0.3,
                        "voice": 0.1,
                        "economy": 0.95,
                        "trust": 0.25,
                        "two-tier-working": 0.2,
                        "place-shaping": 0.65,
                        "governance": 0.85,
                    },
                ),
                days_ago=92,
                silent=1,
            ),
        ),
        above="Upper Tarn County Partnership",
    ),
    Place(
        "Fellgate District Partnership",
        "district",
        "Andrew Sallis",
        (
            DemoRound(
                SUMMER,
                ("two-tier", "perform"),
                16,
                9,
                Story(
                    level=0.6,
                    sections={
                        **dict.fromkeys(("roles", "aligned-aims", "voice", "trust"), 0.25),
                        "line-of-sight": 0.8,
                        "culture": 0.7,
                        "evidence-base": 0.75,
                        "resources": 0.75,
                        "results": 0.7,
                    },
                    split=frozenset({"economy"}),
                    unknown=frozenset({"evidence-base"}),
                ),
                days_ago=90,
                silent=2,
            ),
        ),
        above="Upper Tarn County Partnership",
    ),
)

REGIONS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    ("The Fens (invented)", FIRST_REGION),
    ("The Tarns (invented)", SECOND_REGION),
)

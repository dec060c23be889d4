"""An invented region of any size: its places, and what each does in each year. The same size gives the same region."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from a2p.definition.model import Kind, Questionnaire
from a2p.exchange.sample import Story

REGION = "The Many Shires (invented)"
_BEGINNINGS = (
    "Quern Fawl Tarv Ilsk Wendle Orle Thrax Maun Pellan Garl Silver Heddle Corve Rusk Amble Drave Noll Yarl Kelm Ostle "
    "Brunt Jessam Lorn Vetch"
)
_ENDINGS = "mere wick holt combe stead bourne leigh moor gate thorpe den low fold minster"
COORDINATORS = "Asha Bryn Cleo Dafydd Edie Femi Gwen Hari Isla Jude Kit Lena Milo Nia Omar Pia Ravi Seren Tariq Una"
CHAIRS = "Dame Ruby|Sir Giles|Prof. Amara|Dr Idris|Rev. Clara|Cllr Stan|Lady Orla|Col. Percy"
SURNAMES = "Averill Brock Cantrell Doyle Ekong Frayne Gough Hallam Imrie Joyner Kerr Lovell Mead Nair Oduya Pryor"

RELEASES = ("0", "T", "1", "2", "3", "4")
_RELEASE_WEIGHTS = (8, 6, 52, 14, 12, 8)
_OF_A_COUNTY = (0, 0, 80, 8, 8, 4)
THEMES = (
    "Invented themes: we meet often and decide little. Partners want fewer groups, and a board that ends with actions.",
    "Invented themes: the police and the health bodies are with us; businesses have stopped coming.",
    "Invented themes: our purpose is clear, and who is accountable to whom is not.",
    "Invented themes: district and county plan apart. We would like one calendar and one set of figures.",
    "Invented themes: members hear of the partnership by its papers. We ask them earlier from now on.",
)
REASONS = ("Invented reason: the programme plans by it.", "Invented reason: our board agreed to it.")
# how far the whole region stands above (or below) itself on a section
LEANINGS = {"purpose": 0.14, "decisions": -0.16, "membership": -0.08, "behaviour": 0.05, "voice": -0.14, "trust": 0.04}


@dataclass(frozen=True, slots=True)
class GeneratedPlace:
    """An invented partnership. `above` is the number of its county. `strength` is how well it works, 0 to 1, and
    `release` what it usually lets out; `together`, `small` and `absent` ones answer so, or never."""

    number: int
    name: str
    kind: Kind
    above: int | None
    coordinator: str
    chair: str
    strength: float
    release: str
    together: bool
    small: bool
    absent: bool


@dataclass(frozen=True, slots=True)
class YearOf:
    """What a partnership does in one year: who is asked, how many stay silent, what it releases; and whether what it
    released the year before is raised or lowered, to which level (None: neither)."""

    respondents: int
    organisations: int
    silent: int
    closed_days: int
    release: str
    themes: str
    before: str | None
    seed: int


def places(count: int) -> tuple[GeneratedPlace, ...]:
    """So many partnerships: a fifth unitary, a county for each five or six districts, and the districts."""
    unitaries = max(1, count // 5) if count > 2 else 0
    counties = max(1, round((count - unitaries) / 6))
    shires, towns = _names(count)
    made = [_place(number, "county", f"{shires[number]}shire County Partnership", None) for number in range(counties)]
    for number in range(counties, count):
        is_unitary = number < counties + unitaries
        name = f"{towns[number]} {'City' if is_unitary else 'District'} Partnership"
        made.append(
            _place(number, "unitary" if is_unitary else "district", name, None if is_unitary else number % counties)
        )
    return tuple(made[:count])


def _names(count: int) -> tuple[list[str], list[str]]:
    """Beginnings of shires, and towns; after the first three hundred and more they are numbered New, Old, ..."""
    towns = [f"{first}{last}" for first, last in product(_BEGINNINGS.split(), _ENDINGS.split())]
    random.Random("towns").shuffle(towns)
    sides = ("", "New ", "Old ", "Upper ", "Lower ", "Great ", "Little ")
    many = [f"{side}{each}" for side in sides for each in towns]
    shires = [f"{side}{each}" for side in sides for each in _BEGINNINGS.split()]
    return shires[:count], many[:count]


def _place(number: int, kind: Kind, name: str, above: int | None) -> GeneratedPlace:
    chance = random.Random(f"place {number}")
    draw = chance.random()
    surnames = SURNAMES.split()
    return GeneratedPlace(
        number,
        name,
        kind,
        above,
        coordinator=f"{chance.choice(COORDINATORS.split())} {chance.choice(surnames)}",
        chair=f"{chance.choice(CHAIRS.split('|'))} {chance.choice(surnames)}",
        strength=min(0.85, max(0.25, chance.gauss(0.55, 0.13))),
        release=chance.choices(RELEASES, _OF_A_COUNTY if kind == "county" else _RELEASE_WEIGHTS)[0],
        together=draw < 0.12 and kind != "county",
        small=0.12 <= draw < 0.15,
        absent=draw > 0.95,
    )


def year_of(place: GeneratedPlace, year: int) -> YearOf | None:
    """What a place does in a year, counted from 0; None where it takes no part."""
    chance = random.Random(f"place {place.number} year {year}")
    if place.absent or chance.random() < 0.07:
        return None
    is_partial = chance.random() < 0.05
    organisations = chance.randint(8, 12)
    respondents, silent = organisations + chance.randint(4, 8), chance.randint(0, 3)
    if place.together:
        respondents, organisations, silent = 1, 1, 0
    elif place.small:
        respondents, organisations, silent = 4, 3, 0
    elif is_partial:
        respondents, organisations, silent = 14, 13, 10
    change = chance.random()
    return YearOf(
        respondents,
        organisations,
        silent,
        closed_days=chance.randint(0, 30),
        release=chance.choices(RELEASES, _RELEASE_WEIGHTS)[0] if chance.random() < 0.15 else place.release,
        themes=THEMES[chance.randrange(len(THEMES))],
        before="0" if change < 0.04 else "1" if change < 0.07 else "2" if change < 0.12 else None,
        seed=place.number * 100 + year,
    )


def questionnaires_of(place: GeneratedPlace) -> tuple[str, ...]:
    """What a place asks each year: of its set-up; in two tiers of these, elsewhere of delivery."""
    return ("aspire", "perform" if place.kind == "unitary" else "two-tier")


def story_of(place: GeneratedPlace, year: int, definition: Questionnaire) -> Story:
    """What is true of a place in a year: a little better each year, with strengths and troubles of its own."""
    chance = random.Random(f"story {place.number} {definition.questionnaire}")
    level = place.strength + 0.03 * year
    sections: dict[str, float] = {}
    split, unknown = set(), set()
    for section in definition.sections:
        sections[section.id] = min(0.95, max(0.05, level + _leaning(section.id) + chance.gauss(0, 0.1)))
        trouble = chance.random()
        split |= {section.id} if trouble < 0.06 else set()
        unknown |= {section.id} if trouble > 0.95 else set()
    return Story(level, sections, 0.18, frozenset(split), frozenset(unknown))


def _leaning(section: str, leanings: Mapping[str, float] = LEANINGS) -> float:
    return leanings.get(section, 0.0)

"""Partners as people write them: what sectors, councillors and layers are called, e-mail addresses, a row of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from email_validator import EmailNotValidError, validate_email

from a2p.scoring.answers import Councillor, Layer, Sector

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
LONGEST_NAME = 200
LONGEST_EMAIL = 254

SECTOR_NAMES: Mapping[str, str] = {
    "county-council": "County council",
    "district-council": "District council",
    "unitary-council": "Unitary council",
    "parish-town": "Parish and town councils",
    "police": "Police",
    "fire": "Fire and rescue",
    "health": "Health",
    "education": "Education",
    "voluntary-community": "Voluntary and community",
    "business": "Business",
    "other-public": "Other public body",
}
COUNCILLOR_NAMES: Mapping[str, str] = {"executive": "Executive", "other": "Other"}
LAYER_NAMES: Mapping[str, str] = {
    "board": "Board",
    "executive-group": "Executive group",
    "theme-group": "Theme group",
}


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A row of a list of partners: a person of an organisation, or an organisation alone (its `name` is then "").

    `row` is its number in the file. `asks` are ids of questionnaires between spaces. None is what the list doesn't say,
    and "" a person who is no councillor, in no layer, or asked whatever has something to ask of them.
    """

    row: int
    name: str
    organisation: str
    email: str | None = None
    sector: Sector | None = None
    councillor: Councillor | Literal[""] | None = None
    layer: Layer | Literal[""] | None = None
    asks: str | None = None


class BadAddress(ValueError):
    """Not an e-mail address that a letter can go to; the text says why."""


def normal_email(text: str) -> str:
    """An e-mail address in small letters, as it is kept and compared. BadAddress if it isn't one.

    Nothing is looked up: whether anybody reads it shows when a letter goes there.
    """
    try:
        checked = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as problem:
        raise BadAddress(str(problem)) from None
    address = (checked.ascii_email or checked.normalized).lower()
    if len(address) > LONGEST_EMAIL:
        raise BadAddress(f"The address is longer than {LONGEST_EMAIL} characters.")
    return address


def one_line(text: str) -> str:
    """A name as it is kept: single spaces, letters composed, and nothing that no file or page could hold."""
    return unicodedata.normalize("NFC", " ".join(_UNPRINTABLE.sub(" ", text).split()))


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in capitals and white space at most."""
    return name_key(one) == name_key(other)


def name_key(name: str) -> str:
    """What is the same for names that differ in capitals and white space alone.

    Compared here and not in the database: databases differ in what they hold for the small letters of Ŵ and É.
    """
    return one_line(name).casefold()

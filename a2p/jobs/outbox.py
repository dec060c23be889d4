"""Letters that lie as files where no mail server is set: those of people who were erased are removed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.mail import remove_letters
from a2p.store.letter_tables import Letter


def message_id(letter: Letter) -> str:
    """What a letter's message is known by. Each try has an id of its own: what a server threw away before must not make
    it throw away this one."""
    return f"{letter.id}.{letter.tries}.{_moment(letter.created)}"


def remove_erased(session: Session, folder: Path) -> int:
    """Remove the files of letters whose address was erased; returns how many. Letters of another database stay."""
    if next(folder.glob("*.eml"), None) is None:
        return 0
    rows = session.execute(select(Letter.id, Letter.created).where(Letter.address == ""))
    erased = {(str(number), _moment(created)) for number, created in rows}
    return remove_letters(folder, lambda name: _letter_of(name) in erased)


def _letter_of(name: str) -> tuple[str, str]:
    """A letter's number and moment, from the id of one of its messages."""
    number, _, rest = name.partition(".")
    return number, rest.partition(".")[2]


def _moment(created: datetime) -> str:
    return f"{created:%Y%m%d%H%M%S}"

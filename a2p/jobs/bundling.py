"""Batches: the documents of many jobs as one ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy.orm import Session

from a2p.documents.order import order_from_json
from a2p.jobs.assignments import NotPermitted
from a2p.jobs.files import written_whole
from a2p.ordering.orders import documents_of
from a2p.ordering.permitting import may_take
from a2p.store.round_tables import Job, QuestionnaireVersion, Result, Round

MISSING = "not-made.txt"
_AT = (2000, 1, 1, 0, 0, 0)  # of every entry: the same documents make the same ZIP
_LONGEST = 80


class NothingMade(Exception):
    """None of a batch's documents could be made."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a batch's ZIP: its `file`, the documents' files by their names in it, and the names of `missing`
    ones."""

    file: str
    made: Mapping[str, Path]
    missing: tuple[str, ...]

    @property
    def said(self) -> str:
        """What is to be said of it."""
        many = len(self.made) + len(self.missing)
        return f"{len(self.missing)} of {many} could not be made: {'; '.join(self.missing)}." if self.missing else ""


def contents_of(session: Session, batch: Job, documents: Path) -> Contents:
    """The contents of a batch whose documents have ended. NotPermitted if the person may not have one of them any more;
    NothingMade. Each is looked at by itself: on SQLite who reads for long keeps others from writing."""
    number, jobs = batch.id, [job.id for job in documents_of(session, batch)]
    listed = [_listed(session, job, documents) for job in jobs]
    if not any(path for _, path in listed):
        raise NothingMade
    names = list(_unlike([name for name, _ in listed]))
    paths = [path for _, path in listed]
    made = {name: path for name, path in zip(names, paths, strict=True) if path}
    return Contents(f"batch-{number}.zip", made, tuple(name for name in names if name not in made))


def write_zip(contents: Contents, documents: Path) -> None:
    """Write the ZIP; what could not be made is named in a text in it."""
    with written_whole(documents / contents.file) as out, ZipFile(out, "w", ZIP_STORED) as archive:
        for name, path in contents.made.items():
            archive.writestr(ZipInfo(name, _AT), path.read_bytes())
        if contents.missing:
            archive.writestr(ZipInfo(MISSING, _AT), "Not made:\n" + "\n".join(contents.missing) + "\n")


def _listed(session: Session, job_id: int, documents: Path) -> tuple[str, Path | None]:
    """The name of a document in the ZIP, and its file if it was made."""
    job = session.get_one(Job, job_id)
    path = documents / job.file if job.state == "done" and job.file else None
    if path is not None and not path.is_file():
        path = None
    if path is not None and not may_take(session, job, job.person_id):
        raise NotPermitted
    name = _name(session, job)
    session.commit()
    return name, path


def _name(session: Session, job: Job) -> str:
    """What a document is called in the ZIP: whose, which round and questionnaire, and what it is."""
    result = session.get_one(Result, job.result_id)
    round_ = session.get_one(Round, result.round_id)
    questionnaire = session.get_one(QuestionnaireVersion, result.version_id).questionnaire
    parts = (round_.partnership.name, round_.name, questionnaire, order_from_json(job.options).file_name)
    return " - ".join(_plain(part) for part in parts)


def _plain(text: str) -> str:
    """A text for a file's name on any system: letters, digits and a few marks."""
    return re.sub(r"[^\w .,()&’'-]+", "-", text).strip(" .-")[:_LONGEST] or "unnamed"


def _unlike(names: list[str]) -> Iterator[str]:
    """The names, each with a number where it came before; never two that differ in capitals alone."""
    seen: dict[str, int] = {}
    for name in names:
        times = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        stem, dot, suffix = name.rpartition(".")
        yield f"{stem} {times}{dot}{suffix}" if times > 1 else name

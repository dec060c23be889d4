"""Batches: the documents of many jobs as one ZIP."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def bundle(session: Session, batch: Job, documents: Path) -> tuple[str, str]:
    """Write the ZIP of a batch whose documents have ended; its file's name, and what is to be said of it.

    A document that could not be made is named in a text of the ZIP, and in what is said. NotPermitted if the person may
    not have one of the others any more; NothingMade.
    """
    jobs = documents_of(session, batch)
    made = [job for job in jobs if job.state == "done" and job.file and (documents / job.file).is_file()]
    for job in made:
        if not may_take(session, job, job.person_id):
            raise NotPermitted
    if not made:
        raise NothingMade
    names = dict(zip((job.id for job in jobs), _unlike([_name(session, job) for job in jobs]), strict=True))
    missing = [names[job.id] for job in jobs if job not in made]
    file = f"batch-{batch.id}.zip"
    with written_whole(documents / file) as out, ZipFile(out, "w", ZIP_STORED) as archive:
        for job in made:
            archive.writestr(ZipInfo(names[job.id], _AT), (documents / str(job.file)).read_bytes())
        if missing:
            archive.writestr(ZipInfo(MISSING, _AT), "Not made:\n" + "\n".join(missing) + "\n")
    return file, f"{len(missing)} of {len(jobs)} could not be made: {'; '.join(missing)}." if missing else ""


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

"""The letter that brings those who came to a workshop its record: with the documents themselves, for they have no
account here. It waits until the worker of documents has made them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.documents.order import order_from_json
from a2p.documents.words import day
from a2p.jobs.letter_text import render
from a2p.jobs.written import NotYet, Written
from a2p.ordering.orders import UNFINISHED
from a2p.ordering.permitting import may_take
from a2p.settings import Settings, documents_folder
from a2p.store.base import now
from a2p.store.letter_tables import Letter
from a2p.store.letters import options_of
from a2p.store.outcome_tables import Attendee, Workshop
from a2p.store.round_tables import Job, QuestionnaireVersion, Result, Round
from a2p.store.tables import Partnership, Person

LOOK_AGAIN = timedelta(seconds=20)


def record_letter(session: Session, letter: Letter, settings: Settings) -> Written | None:
    """The letter with the record. NotYet while that is being made; None if it isn't there, whoever sent it may not have
    it any more, or the reader was taken off the workshop."""
    options = options_of(letter)
    workshop, by = session.get(Workshop, options["workshop_id"]), session.get(Person, options["by"])
    came = select(Attendee.id).where(Attendee.workshop_id == options["workshop_id"], Attendee.email == letter.address)
    if workshop is None or by is None or session.scalars(came).first() is None:
        return None
    found = [session.get(Job, int(number)) for number in str(options["jobs"]).split(",")]
    jobs = [job for job in found if job is not None and may_take(session, job, by.id)]
    if len(jobs) < len(found):
        return None
    if any(job.state in UNFINISHED for job in jobs):
        raise NotYet(now() + LOOK_AGAIN)
    folder = documents_folder(settings.data_dir)
    documents = tuple(_document(session, job, folder, alone=len(jobs) == 1) for job in jobs if _is_there(job, folder))
    if len(documents) < len(jobs):
        return None
    round_ = session.get_one(Round, workshop.round_id)
    text = render(
        "record",
        settings,
        draft=bool(options["draft"]),
        held=day(workshop.held),
        round=round_.name,
        partnership=session.get_one(Partnership, workshop.partnership_id).name,
        by=by.name,
        files=[name for name, _ in documents],
    )
    return Written(text, by.email, documents=documents)


def _is_there(job: Job, folder: Path) -> bool:
    return job.state == "done" and job.file is not None and (folder / job.file).is_file()


def _document(session: Session, job: Job, folder: Path, *, alone: bool) -> tuple[str, bytes]:
    """A document with its name; of several each has its questionnaire's in it."""
    name = order_from_json(job.options).file_name
    if not alone:
        version = session.get_one(QuestionnaireVersion, session.get_one(Result, job.result_id).version_id)
        name = f"{version.questionnaire}-{name}"
    return name, (folder / str(job.file)).read_bytes()

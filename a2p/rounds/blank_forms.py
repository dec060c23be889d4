"""Asking for a questionnaire's form, on paper or to fill in: one document for each partnership, questionnaire version,
size of print and, of those to fill in, round."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.round_tables import Job, QuestionnaireVersion

BLANK = "blank"


@dataclass(frozen=True, slots=True)
class FormOrder:
    """Which form is wanted. `is_open`: it says that its round names organisations. `fillable_in`: it is to be filled in
    on a screen, for the round of this number or, where it is 0, for any round; a round's says of which installation it
    is, by its mark `site`."""

    large_print: bool = False
    is_open: bool = False
    fillable_in: int | None = None
    site: str = ""

    @property
    def options(self) -> str:
        """As a job keeps it."""
        plain = {"large_print": self.large_print, "open": self.is_open}
        fillable = {} if self.fillable_in is None else {"fillable_in": self.fillable_in}
        return json.dumps({**plain, **fillable, **({"site": self.site} if self.site else {})})


def form_order_of(job: Job) -> FormOrder:
    """What a form's job was ordered as."""
    kept = json.loads(job.options)
    return FormOrder(bool(kept["large_print"]), bool(kept.get("open")), kept.get("fillable_in"), kept.get("site", ""))


def order_blank(
    session: Session,
    partnership_id: int,
    version: QuestionnaireVersion,
    person_id: int,
    folder: Path,
    wanted: FormOrder,
) -> Job:
    """The job of a form; the partnership's unfailed one of the same is used again, unless its file is gone from the
    documents' `folder`."""
    options = wanted.options
    kept = session.scalar(
        select(Job)
        .where(Job.partnership_id == partnership_id, Job.kind == BLANK, Job.version_id == version.id)
        .where(Job.options == options, Job.state != "failed")
        .order_by(Job.id.desc())
    )
    if kept is not None and (kept.file is None or (folder / kept.file).is_file()):
        return kept
    job = Job(partnership_id=partnership_id, version_id=version.id, person_id=person_id, kind=BLANK, options=options)
    session.add(job)
    session.flush()
    return job

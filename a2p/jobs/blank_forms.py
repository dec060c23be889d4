"""Making a questionnaire's form, on paper or to fill in: a PDF from the definition alone, for who may see the
partnership's rounds."""

from __future__ import annotations

from sqlalchemy.orm import Session

from a2p.access.loading import of_partnership
from a2p.access.policy import Action, Decision, decide
from a2p.access.sessions import principal_of_person
from a2p.definition.model import Questionnaire
from a2p.rounds.blank_forms import FormOrder
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Job, QuestionnaireVersion
from a2p.store.tables import Partnership


def form_of(session: Session, job: Job) -> Questionnaire | None:
    """What is asked on the form; None if who ordered it may no longer see the partnership."""
    if job.person_id is None or job.version_id is None:
        return None
    facts = of_partnership(session.get_one(Partnership, job.partnership_id))
    principal = principal_of_person(session, job.person_id)
    if decide(principal, Action.SEE_PARTNERSHIP, facts, today()) is not Decision.ALLOWED:
        return None
    return definition_of(session.get_one(QuestionnaireVersion, job.version_id))


def make_form(definition: Questionnaire, wanted: FormOrder) -> bytes:
    """The form as a PDF. WeasyPrint is imported here, so that only workers load it."""
    from a2p.documents.blank import BlankOptions, blank_form

    options = BlankOptions(large_print=wanted.large_print, is_open=wanted.is_open)
    if wanted.fillable_in is None:
        return blank_form(definition, options)
    from a2p.documents.fillable import fillable_form

    return fillable_form(definition, options, round_id=wanted.fillable_in, site=wanted.site)

"""The coordinator's own part of a questionnaire: facts asked once, and the evidence beside the partners' answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.held import Held
from a2p.access.loading import AskedQuestionnaire, AskedSection, asked_questionnaire, coordinator_section
from a2p.access.policy import Action
from a2p.definition.model import Section
from a2p.rounds import evidence as rounds
from a2p.scoring.answers import Answer
from a2p.web import section_pages
from a2p.web.database import db
from a2p.web.forms.kept import Kept
from a2p.web.forms.section import evidence_kept, evidence_of, questions_on_page, section_form
from a2p.web.policy import Policy
from a2p.web.saving import Place, Read, Save, kept
from a2p.web.section_pages import SectionPages

pages = Blueprint("evidence", __name__)

QUESTIONNAIRE = Policy(Action.GIVE_EVIDENCE, asked_questionnaire)
SECTION = Policy(Action.GIVE_EVIDENCE, coordinator_section, holds=True)


@pages.get("/rounds/<int:round_id>/<questionnaire>/evidence", policy=QUESTIONNAIRE)
def sections(asked: AskedQuestionnaire) -> ResponseReturnValue:
    """The sections that ask the coordinator something, and how far each is."""
    return _page("sections", asked, sections=rounds.own_part(db.session(), asked.round, asked.version))


@pages.get("/rounds/<int:round_id>/<questionnaire>/evidence/<section>", policy=SECTION)
def section(found: AskedSection) -> ResponseReturnValue:
    """A section's facts, or the evidence on each of its questions."""
    return section_pages.shown(_place(found), _pages(found), open_=found.asked.round.closed is None)


@pages.post("/rounds/<int:round_id>/<questionnaire>/evidence/<section>", policy=SECTION)
def save_section(found: AskedSection) -> ResponseReturnValue:
    """Save a section; then the next one, or the list for who goes on later."""
    return section_pages.saved(_place(found), found.section, _pages(found))


def _page(name: str, asked: AskedQuestionnaire, **more: object) -> str:
    return render_template(f"pages/evidence/{name}.html", round=asked.round, definition=asked.definition, **more)


def _pages(found: AskedSection) -> SectionPages:
    """What the coordinator sees of a section."""
    return SectionPages(
        page=partial(_page, asked=found.asked),
        section=partial(_section_page, found),
        saved=partial(_after_saving, found),
    )


def _section_page(
    found: AskedSection, questions: Sequence[str], errors: list[dict[str, str]], held: Held | None = None
) -> str:
    return _page("section", found.asked, section=found.section, questions=questions, errors=errors, held=held)


def _after_saving(found: AskedSection) -> ResponseReturnValue:
    asked = found.asked
    following = _sections(asked)[_sections(asked).index(found.section) + 1 :]
    if request.form.get("then") == "later" or not following:
        flash(f"Saved: {found.section.title}.")
        return redirect(_address("evidence.sections", asked))
    return redirect(_address("evidence.section", asked, following[0].id))


def _address(endpoint: str, asked: AskedQuestionnaire, section_id: str | None = None) -> str:
    questionnaire = asked.definition.questionnaire
    return url_for(endpoint, round_id=asked.round.id, questionnaire=questionnaire, section=section_id)


def _sections(asked: AskedQuestionnaire) -> list[Section]:
    return [each for each in asked.definition.sections if "coordinator" in each.answered_by]


def _place(found: AskedSection) -> Place:
    """Where this section's facts or evidence are kept."""
    asked, own = found.asked, found.section
    form = section_form(asked.definition, asked.version.sha256, own, evidence=not own.is_facts)
    read, save = (_facts if own.is_facts else _evidence)(asked)
    stored = read()
    answers = {question: each.answer for question, each in stored.items()}
    questions = questions_on_page(asked.definition, own, answers) if own.is_facts else [each.id for each in form.asked]
    return Place(form, questions, stored, read, save)


def _facts(asked: AskedQuestionnaire) -> tuple[Read, Save]:
    session = db.session()
    return (
        lambda: kept(rounds.facts_of(session, asked.round, asked.version).stored),
        lambda given, seen: kept(rounds.save_facts(session, asked.round, asked.version, given, seen)),
    )


def _evidence(asked: AskedQuestionnaire) -> tuple[Read, Save]:
    session = db.session()

    def read() -> Mapping[str, Kept]:
        stored = rounds.evidence_of(session, asked.round, asked.version)
        return {question: evidence_kept(each.evidence, each.edition) for question, each in stored.items()}

    def save(given: Mapping[str, Answer], seen: Mapping[str, int]) -> Mapping[str, Kept]:
        notes = {question: evidence_of(answer) for question, answer in given.items()}
        clashes = rounds.keep_evidence(session, asked.round, asked.version, notes, seen)
        return {question: evidence_kept(each.evidence, each.edition) for question, each in clashes.items()}

    return read, save

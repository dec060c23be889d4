"""A respondent's pages: the start page with the promise, the task list, sections, check and submit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from a2p.access.held import Held
from a2p.access.loading import Answering, AnsweringSection, answering, answering_section, invitation
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire, Section
from a2p.rounds import answering as rounds
from a2p.rounds.opening import RoundClosed, is_open, is_planned, opening_day
from a2p.rounds.presence import LONGEST_NAME, NameTooLong
from a2p.rounds.promise import promise
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Invitation, QuestionnaireVersion
from a2p.web import section_pages
from a2p.web.database import db
from a2p.web.forms.section import questions_on_page, section_form
from a2p.web.forms.summary import SectionSummary, summarise
from a2p.web.policy import Policy
from a2p.web.respondent import how_to_come_back, released_to, signed_in_as, waiting_for
from a2p.web.saving import Place, kept
from a2p.web.section_pages import SectionPages
from a2p.web.together import asked_name, be_called, company, own_name

pages = Blueprint("answer", __name__)

OWN = Policy(Action.ANSWER, invitation)
OWN_QUESTIONNAIRE = Policy(Action.ANSWER, answering)
OWN_SECTION = Policy(Action.ANSWER, answering_section, holds=True)


@dataclass(frozen=True, slots=True)
class Task:
    """One questionnaire on the start page: its definition and how far this respondent is with it."""

    definition: Questionnaire
    started: bool
    submitted: bool


@pages.get("/answer/<int:invitation_id>", policy=OWN)
def start(invited: Invitation) -> ResponseReturnValue:
    """Who asks, for what, how long it takes, who will see what, and the questionnaires to answer."""
    return _start_page(invited)


@pages.post("/answer/<int:invitation_id>/name", policy=OWN)
def name(invited: Invitation) -> ResponseReturnValue:
    """By which name those who answer together see this browser."""
    typed = request.form.get("name", "")
    try:
        be_called(invited, typed)
    except NameTooLong:
        return _start_page(invited, typed, f"Your name must be {LONGEST_NAME} characters or less"), 422
    db.session.commit()
    return redirect(url_for("answer.start", invitation_id=invited.id))


def _start_page(invited: Invitation, typed: str | None = None, name_error: str = "") -> str:
    return render_template(
        "pages/answer/start.html",
        invitation=invited,
        round=invited.round,
        open=is_open(invited.round, today()),
        signed_in=signed_in_as(invited),
        promise=promise(invited.round, current_app.config["A2P"]),
        waiting=waiting_for(invited),
        known_as=asked_name(invited),
        typed=typed,
        errors=[{"text": name_error, "href": "#name"}] if name_error else [],
        come_back=how_to_come_back(invited),
        tasks=[_task(invited, version) for version in invited.versions],
        results=released_to(invited),
    )


@pages.get("/answer/<int:invitation_id>/<questionnaire>", policy=OWN_QUESTIONNAIRE)
def tasks(place: Answering) -> ResponseReturnValue:
    """The sections and how far each is."""
    answers = _answers(place)
    definition, councillor = place.asked.definition, _councillor(place)
    plain = answers.plain
    progress = [
        (section, rounds.progress(definition, section, plain, councillor=councillor)) for section in _sections(place)
    ]
    left = rounds.minutes_left(definition, plain, councillor=councillor)
    return _page("tasks", place, sections=progress, response=answers.response, minutes=left)


@pages.get("/answer/<int:invitation_id>/<questionnaire>/sections/<section>", policy=OWN_SECTION)
def section(found: AnsweringSection) -> ResponseReturnValue:
    """One section's questions, filled with what is stored."""
    return section_pages.shown(_place(found), _pages(found), open_=_open(found.answering))


@pages.post("/answer/<int:invitation_id>/<questionnaire>/sections/<section>", policy=OWN_SECTION)
def save_section(found: AnsweringSection) -> ResponseReturnValue:
    """Save a section; then the next one, or the task list for who goes on later."""
    return section_pages.saved(_place(found), found.section, _pages(found))


@pages.get("/answer/<int:invitation_id>/<questionnaire>/check", policy=OWN_QUESTIONNAIRE)
def check(place: Answering) -> ResponseReturnValue:
    """All answers before they are submitted."""
    if not _open(place):
        return _page("closed", place, too_late=False)
    return _page("check", place, summaries=_summaries(place), response=_answers(place).response)


@pages.post("/answer/<int:invitation_id>/<questionnaire>/submit", policy=OWN_QUESTIONNAIRE)
def submit(place: Answering) -> ResponseReturnValue:
    """Submit; a second time changes nothing."""
    try:
        rounds.submit(db.session(), place.invitation, place.asked.version)
    except RoundClosed:
        return _page("closed", place, too_late=True), 409
    db.session.commit()
    return redirect(_address("answer.submitted", place))


@pages.get("/answer/<int:invitation_id>/<questionnaire>/submitted", policy=OWN_QUESTIONNAIRE)
def submitted(place: Answering) -> ResponseReturnValue:
    """Thanks, what happens next, and what is still to answer."""
    response = _answers(place).response
    if response is None or response.submitted is None:
        return redirect(_address("answer.tasks", place))
    others = [_task(place.invitation, version) for version in place.invitation.versions]
    left = [task for task in others if not task.submitted]
    return _page("submitted", place, response=response, left=left)


@pages.get("/answer/<int:invitation_id>/<questionnaire>/copy", policy=OWN_QUESTIONNAIRE)
def copy(place: Answering) -> ResponseReturnValue:
    """Own answers to keep or print; they stay readable after the round is closed."""
    response = _answers(place).response
    if response is None:
        abort(404)
    return _page("copy", place, summaries=_summaries(place), response=response)


def _page(name: str, place: Answering, **more: object) -> str:
    """A page about one questionnaire of one invitation."""
    return render_template(
        f"pages/answer/{name}.html",
        invitation=place.invitation,
        signed_in=signed_in_as(place.invitation),
        round=place.asked.round,
        definition=place.asked.definition,
        open=_open(place),
        opens=opening_day(place.asked.round) if is_planned(place.asked.round, today()) else None,
        waiting=waiting_for(place.invitation),
        **more,
    )


def _pages(found: AnsweringSection) -> SectionPages:
    """What a respondent sees of a section."""
    return SectionPages(
        page=partial(_page, place=found.answering),
        section=partial(_section_page, found),
        saved=partial(_after_saving, found),
    )


def _section_page(
    found: AnsweringSection, questions: Sequence[str], errors: list[dict[str, str]], held: Held | None = None
) -> str:
    sections = _sections(found.answering)
    return _page(
        "section",
        found.answering,
        section=found.section,
        number=sections.index(found.section) + 1,
        of=len(sections),
        questions=questions,
        errors=errors,
        held=held,
        company=company(found),
    )


def _after_saving(found: AnsweringSection) -> ResponseReturnValue:
    place = found.answering
    if request.form.get("then") == "later":
        flash(f"Saved. Come back when you like: {how_to_come_back(found.answering.invitation)}.")
        return redirect(_address("answer.tasks", place))
    following = _sections(place)[_sections(place).index(found.section) + 1 :]
    if not following:
        return redirect(_address("answer.check", place))
    return redirect(_address("answer.section", place, following[0].id))


def _place(found: AnsweringSection) -> Place:
    """Where this section's answers are kept."""
    invited, asked = found.answering.invitation, found.answering.asked
    answers = rounds.answers_of(db.session(), invited, asked.version)
    councillor = _councillor(found.answering)
    return Place(
        form=section_form(asked.definition, asked.version.sha256, found.section),
        on_page=questions_on_page(asked.definition, found.section, answers.plain, councillor=councillor),
        stored=kept(answers.stored),
        read=lambda: kept(rounds.answers_of(db.session(), invited, asked.version).stored),
        save=lambda given, seen: kept(
            rounds.save_section(db.session(), invited, asked.version, given, seen, own_name(invited))
        ),
    )


def _answers(place: Answering) -> rounds.Answers:
    return rounds.answers_of(db.session(), place.invitation, place.asked.version)


def _summaries(place: Answering) -> list[SectionSummary]:
    answers, councillor = _answers(place).plain, _councillor(place)
    return [summarise(place.asked.definition, each, answers, councillor=councillor) for each in _sections(place)]


def _sections(place: Answering) -> tuple[Section, ...]:
    return rounds.sections_for(place.asked.definition, place.invitation)


def _task(invited: Invitation, version: QuestionnaireVersion) -> Task:
    response = rounds.answers_of(db.session(), invited, version).response
    return Task(definition_of(version), response is not None, response is not None and response.submitted is not None)


def _councillor(place: Answering) -> bool:
    return place.invitation.councillor is not None


def _open(place: Answering) -> bool:
    return is_open(place.asked.round, today())


def _address(endpoint: str, place: Answering, section_id: str | None = None) -> str:
    questionnaire = place.asked.definition.questionnaire
    return url_for(endpoint, invitation_id=place.invitation.id, questionnaire=questionnaire, section=section_id)

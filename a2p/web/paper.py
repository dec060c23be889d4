"""Keying in a paper form: whose it is, then every section on one page, blank; it is submitted when it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length, Optional

from a2p.access.loading import PaperForm, of_round, paper_form, round_
from a2p.access.policy import Action, Role, roles_towards
from a2p.definition.model import Section
from a2p.rounds import paper
from a2p.rounds.answering import sections_for
from a2p.rounds.opening import RoundClosed, is_open
from a2p.scoring.answers import Answer, State
from a2p.store.audit import Actor
from a2p.store.base import today
from a2p.store.definitions import definition_of
from a2p.store.round_tables import Round
from a2p.web.database import db
from a2p.web.forms.render import error_links
from a2p.web.forms.section import Reading, SectionForm, section_form
from a2p.web.policy import Policy, current_principal
from a2p.web.round_forms import error_list

pages = Blueprint("paper", __name__)

CHOOSE = Policy(Action.KEY_IN, round_)
KEY_IN = Policy(Action.KEY_IN, paper_form)
CONSENT = "Say how and when they agreed, such as “by telephone on 3 March”"


class ChooseForm(Form):
    """Whose form it is, and which questionnaire."""

    person = SelectField(validate_choice=False)
    questionnaire = SelectField(validate_choice=False)


class ConsentForm(Form):
    """How and when the respondent agreed."""

    consent = StringField(validators=[Optional(), Length(max=500, message="This must be 500 characters or less")])


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section as it is keyed in: its title and its questions with their controls."""

    section: Section
    questions: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a filled form said, beside what stands in the fields: its file's name, how many questions it answers, those
    left blank as links, and what to look at."""

    name: str
    answered: int
    blank: Sequence[Mapping[str, str]]
    remarks: Sequence[str]


@pages.get("/rounds/<int:round_id>/paper", policy=CHOOSE)
def choose(shown: Round) -> ResponseReturnValue:
    """Whose form has come, and for which questionnaire."""
    return _choose_page(shown, _choose_form(shown))


@pages.post("/rounds/<int:round_id>/paper", policy=CHOOSE)
def chosen(shown: Round) -> ResponseReturnValue:
    """On to the form, or what was chosen wrongly."""
    form = _choose_form(shown)
    if not form.validate():
        return _choose_page(shown, form), 422
    put_to = {str(each.id): each.versions for each in paper.may_be_keyed_for(db.session(), shown)}
    if form.questionnaire.data not in [version.questionnaire for version in put_to[form.person.data]]:
        form.questionnaire.errors = ["This questionnaire is not put to this person"]
        return _choose_page(shown, form), 422
    place = {"round_id": shown.id, "invitation_id": form.person.data, "questionnaire": form.questionnaire.data}
    return redirect(url_for("paper_files.choose" if request.form.get("file") == "yes" else "paper.form", **place))


@pages.get("/rounds/<int:round_id>/paper/<int:invitation_id>/<questionnaire>", policy=KEY_IN)
def form(found: PaperForm) -> ResponseReturnValue:
    """Every section put to this person, blank, whatever was keyed in before."""
    try:
        before = paper.refuse(db.session(), found.invitation, found.asked.version)
    except (RoundClosed, paper.AnsweredOnSite) as refused:
        return refused_page(found, refused)
    sections = [PaperSection(each, one.html(ids_of(one), one.values({}))) for each, one in forms_of(found)]
    return form_page(found, ConsentForm(), sections, again=before is not None)


@pages.post("/rounds/<int:round_id>/paper/<int:invitation_id>/<questionnaire>", policy=KEY_IN)
def save(found: PaperForm) -> ResponseReturnValue:
    """Keep and submit the form at once; with a mistake nothing is kept, and the page comes back as it was typed."""
    posted = {name: tuple(request.form.getlist(name)) for name in request.form}
    readings = [(each, one, one.read(posted, ids_of(one))) for each, one in forms_of(found)]
    consent = ConsentForm(request.form)
    if not _in_order(found, consent, readings):
        links = [link for _, one, read in readings for link in error_links(one.asked, read.errors)]
        sections = [PaperSection(each, one.html(ids_of(one), read.values, read.errors)) for each, one, read in readings]
        return form_page(found, consent, sections, errors=[*error_list(consent), *links]), 422
    try:
        paper.key_in(
            db.session(),
            found.invitation,
            found.asked.version,
            _given([read.answers for _, _, read in readings]),
            Actor(current_principal().person_id, _role(found)),
            consent.consent.data or "",
            from_file=request.form.get("from_file") == "yes",
        )
    except (RoundClosed, paper.AnsweredOnSite) as refused:
        return refused_page(found, refused)
    db.session.commit()
    done = "read in" if request.form.get("from_file") == "yes" else "keyed in"
    flash(f"The form of {found.invitation.name} is {done} and submitted. It can’t be read here again.")
    return redirect(url_for("paper.choose", round_id=found.asked.round.id))


def _in_order(found: PaperForm, consent: ConsentForm, readings: list[tuple[Section, SectionForm, Reading]]) -> bool:
    in_order = consent.validate()
    if in_order and _role(found) == Role.COORDINATOR and not (consent.consent.data or "").strip():
        consent.consent.errors = [CONSENT]
        in_order = False
    return in_order and not any(read.errors for _, _, read in readings)


def _given(answers: list[Mapping[str, Answer]]) -> dict[str, Answer]:
    """What the form says; what is blank and without a comment is not there."""
    everything = {question: answer for each in answers for question, answer in each.items()}
    return {q: answer for q, answer in everything.items() if answer.state is not State.BLANK or answer.comment}


def forms_of(found: PaperForm) -> list[tuple[Section, SectionForm]]:
    """The sections put to this person, each with its form."""
    definition, sha256 = found.asked.definition, found.asked.version.sha256
    return [(each, section_form(definition, sha256, each)) for each in sections_for(definition, found.invitation)]


def ids_of(form: SectionForm) -> list[str]:
    """Every question: on paper all of them stand there."""
    return [asked.id for asked in form.asked]


def _role(found: PaperForm) -> Role:
    """In which role somebody keys in: who coordinates the partnership does so as its coordinator, whatever else."""
    roles = roles_towards(current_principal(), of_round(found.asked.round), today())
    order = (Role.COORDINATOR, Role.FACILITATOR, Role.MANAGER)
    return next(role for role in order if role in roles)


def _choose_form(shown: Round) -> ChooseForm:
    form = ChooseForm(request.form)
    people = paper.may_be_keyed_for(db.session(), shown)
    form.person.choices = [SelectChoice("", "Choose somebody")]
    for each in people:
        of = f", {each.organisation.name}" if each.organisation else ""
        form.person.choices.append(SelectChoice(str(each.id), f"{each.name}{of}"))
    form.person.validators = [AnyOf([str(each.id) for each in people], message="Choose whose form it is")]
    asked = [(version.questionnaire, definition_of(version).title) for version in shown.versions]
    form.questionnaire.choices = [SelectChoice(name, title) for name, title in asked]
    form.questionnaire.validators = [AnyOf([name for name, _ in asked], message="Choose the questionnaire")]
    return form


def _choose_page(shown: Round, form: ChooseForm) -> str:
    return render_template(
        "pages/paper/choose.html",
        round=shown,
        form=form,
        open=is_open(shown, today()),
        people=_items(form.person),
        questionnaires=_items(form.questionnaire),
        errors=error_list(form),
    )


def _items(field: SelectField) -> list[dict[str, str]]:
    return [{"value": choice.value, "text": choice.label} for choice in field.choices]


def form_page(
    found: PaperForm,
    consent: ConsentForm,
    sections: list[PaperSection],
    *,
    again: bool = False,
    errors: Sequence[Mapping[str, str]] = (),
    read: ReadFile | None = None,
) -> str:
    """The form to key in, or to check what was read from a file."""
    return render_template(
        "pages/paper/form.html",
        round=found.asked.round,
        invitation=found.invitation,
        definition=found.asked.definition,
        sections=sections,
        consent=consent,
        needs_consent=_role(found) is Role.COORDINATOR,
        again=again,
        errors=errors,
        read=read,
        from_file=read is not None or request.form.get("from_file") == "yes",
    )


def refused_page(found: PaperForm, refused: Exception) -> ResponseReturnValue:
    """Why nothing may be keyed in for this person now."""
    closed = isinstance(refused, RoundClosed)
    page = render_template(
        "pages/paper/refused.html", round=found.asked.round, invitation=found.invitation, closed=closed
    )
    return page, 409

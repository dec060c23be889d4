"""Reading in a fillable form that somebody filled in: it is shown as it would be keyed in, and saved from there.

Nothing of the file is kept. What can't be taken is said beside its question, and the rest stands in its fields.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from a2p.access.loading import PaperForm, paper_form
from a2p.access.policy import Action
from a2p.definition.model import Questionnaire
from a2p.definition.numbering import question_numbers
from a2p.exchange.filled_answers import FilledAnswers, filled_answers
from a2p.exchange.filled_form import About, Filled, filled_form, refuse_other
from a2p.exchange.pdf_form import MEGABYTE, MOST_BYTES, FormError, read_form
from a2p.rounds import paper
from a2p.rounds.opening import RoundClosed
from a2p.scoring.partners import SECTOR_NAMES
from a2p.store.audit import installation_mark
from a2p.store.definitions import wordings_of
from a2p.store.round_tables import Invitation
from a2p.web.database import db
from a2p.web.forms.parts import FieldError
from a2p.web.forms.render import error_links
from a2p.web.forms.section import SectionForm
from a2p.web.paper import ConsentForm, PaperSection, ReadFile, form_page, forms_of, ids_of, refused_page
from a2p.web.policy import Policy

pages = Blueprint(
    "paper_files", __name__, url_prefix="/rounds/<int:round_id>/paper/<int:invitation_id>/<questionnaire>"
)

# a little more than the file itself, for what is posted round it
READ = Policy(Action.KEY_IN, paper_form, most_bytes=MOST_BYTES + MEGABYTE)

_PROMISED_OTHERWISE = (
    "it was made for any round, and told its writer that nobody is shown what they answered; this round names "
    "organisations. Send them the round’s own form"
)


@pages.get("/file", policy=READ)
def choose(found: PaperForm) -> ResponseReturnValue:
    """Choose the file."""
    refused = _refusal(found)
    return refused_page(found, refused) if refused else _choose_page(found)


@pages.post("/file", policy=READ)
def read(found: PaperForm) -> ResponseReturnValue:
    """Read the file and show what it says in the form where it is keyed in. Nothing is changed."""
    refused = _refusal(found)
    if refused:
        return refused_page(found, refused)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return _choose_page(found, "Choose a file"), 422
    try:
        filled = _filled(found, upload.read())
    except FormError as problem:
        return _choose_page(found, f"“{upload.filename[:100]}” can’t be read: {problem}."), 422
    return _check_page(found, upload.filename[:100], filled)


def _refusal(found: PaperForm) -> Exception | None:
    try:
        paper.refuse(db.session(), found.invitation, found.asked.version)
    except (RoundClosed, paper.AnsweredOnSite) as refused:
        return refused
    return None


def _filled(found: PaperForm, data: bytes) -> Filled:
    """What the file says. FormError if it is not a filled form of what this round asks."""
    raw = read_form(data)
    known = {version.sha256 for version in wordings_of(db.session(), found.asked.version)}
    asking = found.asked.round
    refuse_other(raw.mark, found.asked.definition, known, asking.id, installation_mark(db.session()))
    if asking.attribution == "open" and not raw.mark.round_id:
        raise FormError(_PROMISED_OTHERWISE)
    return filled_form(raw, found.asked.definition)


def _check_page(found: PaperForm, name: str, filled: Filled) -> ResponseReturnValue:
    """The form as it would be keyed in, with what can't be taken as its errors."""
    definition = found.asked.definition
    said = filled_answers(definition, filled, councillor=found.invitation.councillor is not None)
    before = paper.refuse(db.session(), found.invitation, found.asked.version)
    sections, links = [], []
    for section, one in forms_of(found):
        values = {**one.values({}), **{key: given for key, given in filled.values.items() if any(given)}}
        errors = {**one.read(values, ids_of(one)).errors, **_unclear(one, filled)}
        sections.append(PaperSection(section, one.html(ids_of(one), values, errors)))
        links += error_links(one.asked, errors)
    put_to = {asked.id for _, one in forms_of(found) for asked in one.asked}
    blank = [each for each in said.blank if each in put_to]
    shown = ReadFile(
        name=name,
        answered=len(said.answers.keys() & put_to),
        blank=[{"text": text, "href": f"#q-{question}"} for question, text in _named(definition, blank)],
        remarks=[*_remarks(found.invitation, filled.about), *_left_out(definition, said, put_to)],
    )
    page = form_page(found, ConsentForm(), sections, again=before is not None, errors=links, read=shown)
    return (page, 422) if links else page


def _unclear(form: SectionForm, filled: Filled) -> dict[str, tuple[FieldError, ...]]:
    """What is ticked so that it can't be taken, as errors of its question."""
    return {
        asked.id: (FieldError("answer", f"{asked.quoted}: {filled.unclear[asked.id]}"),)
        for asked in form.asked
        if asked.id in filled.unclear
    }


def _named(definition: Questionnaire, questions: Iterable[str]) -> list[tuple[str, str]]:
    numbers = question_numbers(definition)
    return [(each, f"{numbers[each]} {definition.question(each).ask}") for each in questions]


def _remarks(invitation: Invitation, about: About) -> list[str]:
    """Where the form says something else of its writer than the round does, which stands."""
    found = list(about.unclear)
    asked = invitation.organisation
    if asked is not None and about.organisation and _plain(about.organisation) != _plain(asked.name):
        found.append(f"“Your organisation” is filled in as “{about.organisation}”. It counts for {asked.name}.")
    if asked is not None and about.sector and about.sector != asked.sector:
        found.append(f"The sector ticked is {SECTOR_NAMES[about.sector]}. {asked.name} keeps its own.")
    if about.councillor_said and about.councillor != invitation.councillor:
        says = {None: "not as a councillor", "executive": "as an executive councillor", "other": "as a councillor"}
        invited = f"{invitation.name} was invited {says[invitation.councillor]}"
        found.append(f"The form is answered {says[about.councillor]}; {invited}.")
    return found


def _left_out(definition: Questionnaire, said: FilledAnswers, put_to: set[str]) -> list[str]:
    answered = [question for question in (*said.answers, *said.wrong) if question not in put_to]
    return [
        f"{text} This isn’t asked of them, so what is filled in is left out."
        for _, text in _named(definition, answered)
    ]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _choose_page(found: PaperForm, error: str = "") -> str:
    return render_template(
        "pages/paper/file.html",
        round=found.asked.round,
        invitation=found.invitation,
        definition=found.asked.definition,
        most=MOST_BYTES // MEGABYTE,
        errors=[{"text": error, "href": "#file"}] if error else [],
    )

"""Releasing a closed round: the coordinator proposes, the chair or a board member decides, and either lowers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from a2p.access.loading import closed_result, round_
from a2p.access.loading_releases import (
    OfferedRelease,
    ReleasedResult,
    ReleaseLink,
    release,
    release_link,
    released_results,
)
from a2p.access.policy import Action
from a2p.rounds import both_ends, releasing
from a2p.rounds.confirmers import confirmers
from a2p.rounds.regional_snapshots import board_paper_shown, level_by_name
from a2p.rounds.releasing import ReleaseRefused, Wish
from a2p.scoring.releases import To
from a2p.store.audit import BOARD_MEMBER, Actor
from a2p.store.definitions import definition_of
from a2p.store.outcome_tables import Release
from a2p.store.releases import Released, released
from a2p.store.round_tables import Round
from a2p.store.tables import Person
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor, current_principal
from a2p.web.queue import the_queue
from a2p.web.release_forms import AUDIENCES, LEVEL_WORDS, LowerForm, ProposeForm
from a2p.web.round_forms import error_list

pages = Blueprint("releasing", __name__)

SEE = Policy(Action.SEE_RELEASES, round_)
PROPOSE = Policy(Action.PROPOSE_RELEASE, round_)
TAKE_BACK = Policy(Action.PROPOSE_RELEASE, release)
DECIDE = Policy(Action.CONFIRM_RELEASE, release)
LOWER = Policy(Action.LOWER_RELEASE, round_)
LINK = Policy(Action.OPEN_LINK, release_link)


@dataclass(frozen=True, slots=True)
class Standing:
    """What an audience may see now, what waits for somebody's word and who proposed it, and which ways are open.

    With `lost` the results that were released are destroyed. `unnamed` are the titles of those that wait, because with
    the region's figures they would tell of the few others that aren't named.
    """

    to: To
    now: Released
    waiting: Release | None
    proposed_by: str
    may_decide: bool
    higher: tuple[str, ...]
    lower: tuple[str, ...]
    lost: bool
    unnamed: tuple[str, ...]


@pages.get("/rounds/<int:round_id>/release", policy=SEE)
def home(shown: Round) -> ResponseReturnValue:
    """What is released to whom, what waits, and what was decided before."""
    said = both_ends.consent_of(db.session(), shown.partnership_id)
    return render_template(
        "pages/releasing/home.html",
        round=shown,
        standings=[_standing(shown, to) for to in To] if shown.closed or _released_at_all(shown) else [],
        history=releasing.history(db.session(), shown),
        audiences=AUDIENCES,
        words=LEVEL_WORDS,
        looks=_looks(shown) if shown.closed else {},
        both=_both_ends(shown),
        said=said,
        joining=said.changes(current_actor(shown.partnership_id)),
    )


@pages.get("/rounds/<int:round_id>/release/<any(respondents, region, public):to>/propose", policy=PROPOSE)
def ask_propose(shown: Round) -> ResponseReturnValue:
    """The form that proposes to show more."""
    to = _to()
    form = _propose_form(shown, to)
    form.themes.data = released(db.session(), shown, to).themes
    return _form_page("propose", shown, to, form)


@pages.post("/rounds/<int:round_id>/release/<any(respondents, region, public):to>/propose", policy=PROPOSE)
def propose(shown: Round) -> ResponseReturnValue:
    """Propose it; who is to confirm gets a letter."""
    to = _to()
    form = _propose_form(shown, to)
    if not form.validate():
        return _form_page("propose", shown, to, form), 422
    chosen = next(each for each in form.people if each.key == form.confirmer.data)
    wish = Wish(to, form.level.data, form.reason.data or "", form.themes.data or "")
    by = current_actor(shown.partnership_id)
    try:
        releasing.propose(db.session(), shown, wish, chosen, Actor(by.person_id, "coordinator"))
    except ReleaseRefused as refused:
        db.session.rollback()
        form.level.errors = [str(refused)]
        return _form_page("propose", shown, to, form), 422
    db.session.commit()
    the_queue().hand_in_letters()
    flash(f"It is proposed. {chosen.name} gets a letter, and nothing more is shown until they agree.")
    return redirect(_home(shown))


@pages.post("/rounds/<int:round_id>/release/<int:release_id>/take-back", policy=TAKE_BACK)
def take_back(found: OfferedRelease) -> ResponseReturnValue:
    """Take a proposal back."""
    by = Actor(current_principal().person_id, "coordinator")
    return _done(found.round, lambda session: releasing.take_back(session, found.release, by), "It is taken back.")


@pages.post("/rounds/<int:round_id>/release/<int:release_id>/decide", policy=DECIDE)
def decide(found: OfferedRelease) -> ResponseReturnValue:
    """The chair's yes or no, signed in."""
    by = Actor(current_principal().person_id, "chair")
    return _done(found.round, _decision(found.release, by), _said())


@pages.get("/rounds/<int:round_id>/release/<any(respondents, region, public):to>/lower", policy=LOWER)
def ask_lower(shown: Round) -> ResponseReturnValue:
    """The form that shows less."""
    to = _to()
    form = _lower_form(shown, to)
    if not form.level.choices:
        return redirect(_home(shown))
    form.level.data = form.levels[0]
    return _form_page("lower", shown, to, form)


@pages.post("/rounds/<int:round_id>/release/<any(respondents, region, public):to>/lower", policy=LOWER)
def lower(shown: Round) -> ResponseReturnValue:
    """Show less, from the next request on."""
    to = _to()
    form = _lower_form(shown, to)
    if not form.validate():
        return _form_page("lower", shown, to, form), 422
    wish = Wish(to, form.level.data, form.reason.data or "")
    by = current_actor(shown.partnership_id)
    return _done(shown, lambda session: releasing.lower(session, shown, wish, by), "Less is shown from now on.")


@pages.get("/confirm-release/<token>", policy=LINK)
def link(found: ReleaseLink) -> ResponseReturnValue:
    """What would be shown, to whom, and who proposes it. Reading it decides nothing: mail scanners open links too."""
    if found.offered is None:
        return render_template("pages/releasing/link_over.html"), 404
    offered = found.offered
    return render_template(
        "pages/releasing/link.html",
        token=found.token,
        round=offered.round,
        release=offered.release,
        proposed_by=_name(offered.release.proposed_by_id),
        audiences=AUDIENCES,
        words=LEVEL_WORDS,
    )


@pages.post("/confirm-release/<token>", policy=LINK)
def decide_by_link(found: ReleaseLink) -> ResponseReturnValue:
    """The yes or no of whom the letter went to; a second time the link opens nothing."""
    if found.offered is None:
        return render_template("pages/releasing/link_over.html"), 404
    row = found.offered.release
    try:
        _decision(row, _by_link(found.offered))(db.session())
    except ReleaseRefused as refused:
        db.session.rollback()
        return render_template("pages/releasing/refused.html", round=None, reason=str(refused)), 409
    db.session.commit()
    return render_template("pages/releasing/link_done.html", yes=row.state == "confirmed", round=found.offered.round)


def _by_link(offered: OfferedRelease) -> Actor:
    """A chair, if the letter went to one; otherwise a board member, who has no account."""
    for each in confirmers(db.session(), offered.round.partnership, offered.release.proposed_by_id):
        if each.person_id is not None and each.email == offered.release.confirmer_email:
            return Actor(each.person_id, "chair")
    return BOARD_MEMBER


def _decision(row: Release, by: Actor) -> Callable[[Session], object]:
    """What the pressed button means. 400 for a form with neither."""
    answer = request.form.get("answer")
    if answer not in ("yes", "no"):
        abort(400)
    decided = releasing.confirm if answer == "yes" else releasing.refuse
    return lambda session: decided(session, row, by)


def _said() -> str:
    return "It is shown from now on." if request.form.get("answer") == "yes" else "It is refused, and nothing is shown."


def _done(shown: Round, do: Callable[[Session], object], said: str) -> ResponseReturnValue:
    try:
        do(db.session())
    except ReleaseRefused as refused:
        db.session.rollback()
        return render_template("pages/releasing/refused.html", round=shown, reason=str(refused)), 409
    db.session.commit()
    flash(said)
    return redirect(_home(shown))


def _both_ends(shown: Round) -> list[str]:
    """The titles of what the round asks that is made for counties and districts alone, of one that is either."""
    asked = {version.questionnaire for version in shown.versions}
    every = both_ends.of_both_ends(db.session()) if shown.partnership.kind in both_ends.OF_BOTH else []
    return [each.title for each in every if each.questionnaire in asked]


def _standing(shown: Round, to: To) -> Standing:
    current = released(db.session(), shown, to)
    row = releasing.waiting(db.session(), shown, to)
    found = released_results(db.session(), shown, to)
    return Standing(
        to,
        current,
        row,
        _name(row.proposed_by_id) if row else "",
        row is not None and row.proposed_by_id != current_principal().person_id,
        releasing.may_be_raised_to(current) if shown.closed else (),
        releasing.may_be_lowered_to(current),
        bool(current.figures) and not found,
        tuple(each.asked.definition.title for each in found if _waits_for_names(each, to)),
    )


def _waits_for_names(found: ReleasedResult, to: To) -> bool:
    if to is To.PUBLIC:
        return not board_paper_shown(db.session(), found.result)
    return to is To.REGION and str(level_by_name(db.session(), found.result)) < found.shown.level


def _looks(shown: Round) -> dict[To, list[tuple[str, str]]]:
    """Where each audience's document can be ordered to look at, by questionnaire; what is public is one paper."""
    found = [
        (version.questionnaire, definition_of(version).title)
        for version in shown.versions
        if closed_result(db.session(), {"round_id": shown.id, "questionnaire": version.questionnaire})
    ]
    return {
        to: [
            (title, url_for("documents.choose", round_id=shown.id, questionnaire=name, kind="report", readers=to.value))
            for name, title in (found[:1] if to is To.PUBLIC else found)
        ]
        for to in To
    }


def _released_at_all(shown: Round) -> bool:
    return any(released(db.session(), shown, to).anything for to in To)


def _propose_form(shown: Round, to: To) -> ProposeForm:
    form = ProposeForm(request.form)
    form.offer(
        to,
        releasing.may_be_raised_to(released(db.session(), shown, to)),
        confirmers(db.session(), shown.partnership, current_principal().person_id),
    )
    return form


def _lower_form(shown: Round, to: To) -> LowerForm:
    form = LowerForm(request.form)
    form.offer(to, releasing.may_be_lowered_to(released(db.session(), shown, to)))
    return form


def _form_page(name: str, shown: Round, to: To, form: ProposeForm | LowerForm) -> str:
    return render_template(
        f"pages/releasing/{name}.html",
        round=shown,
        to=to,
        form=form,
        audiences=AUDIENCES,
        words=LEVEL_WORDS,
        errors=error_list(form),
    )


def _to() -> To:
    """The audience that the address names."""
    return To((request.view_args or {})["to"])


def _name(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id is not None else None
    return person.name if person else "the coordinator"


def _home(shown: Round) -> str:
    return url_for("releasing.home", round_id=shown.id)

"""What a document is made from, for one reader: every figure disclosed for them, and what may be printed beside it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from a2p.documents.agreed_view import Settlement
from a2p.documents.known import Beside, BesideSection, Held, Known, Planned, Since
from a2p.documents.language import gettext, noted, speaking
from a2p.documents.material import Material
from a2p.documents.order import Order
from a2p.documents.words import day
from a2p.ordering.languages import can_be_told, told_in
from a2p.ordering.permitting import results_of
from a2p.region.cohort_view import Beside as BesideFigures
from a2p.region.cohort_view import CohortView, NotBeside
from a2p.rounds.actions import Listed, actions_of, status_name
from a2p.rounds.changes import change_released, change_since_last
from a2p.rounds.naming import names_of
from a2p.rounds.regional_snapshots import beside_others, document_of
from a2p.rounds.results import disclosed, hidden_comments, remarks
from a2p.rounds.workshop import settled_of
from a2p.rounds.workshops import workshops_of
from a2p.scoring.disclosure import Audience
from a2p.scoring.named import NamedLevels
from a2p.scoring.releases import Figures, To, released_view
from a2p.store.base import LONDON
from a2p.store.outcome_tables import Workshop
from a2p.store.round_tables import QuestionnaireVersion, Result, Round
from a2p.store.support_modules import modules_of
from a2p.store.tables import Partnership


def material_of(session: Session, result: Result, order: Order, audience: Audience) -> Material | None:
    """All that this document is made from, as its readers may see it; None where a result that it is of is gone, or is
    not there in its language."""
    results = results_of(session, result, order)
    if results is None or not can_be_told(session, results, order.language):
        return None
    first, *others = [_told(session, each, order, audience) for each in results]
    return replace(first, others=tuple(others))


def has_names(material: Material, order: Order) -> bool:
    """Whether there is what an order for organisations' levels by name needs; any other order needs none of it."""
    return not order.names or all(each.named is not None for each in (material, *material.others))


def _told(session: Session, result: Result, order: Order, audience: Audience) -> Material:
    material = _material(session, result, order, audience)
    return replace(material, disclosed=told_in(session, result, material.disclosed, order.language))


def _material(session: Session, result: Result, order: Order, audience: Audience) -> Material:
    if order.kind == "record":
        audience = Audience.COORDINATOR  # it is sent to those who came, whoever makes it
    if not order.readers:
        return gather(session, result, audience)
    left = released_view(disclosed(result, audience), order.figures)
    if left is None:
        raise ValueError("this level lets out no figures")
    if order.figures is not Figures.WHOLE:
        return Material(left)
    to = To(order.readers)
    said = to is To.RESPONDENTS  # comments are for nobody but them
    compared = change_released(session, result, to)
    known = Known(
        since=Since(compared.earlier.name, compared.change, compared.reason) if compared else None,
        hidden_remarks=hidden_comments(session, result) if said else 0,
    )
    modules = modules_of(session, session.get_one(Partnership, result.partnership_id).region_id)
    return Material(left, remarks(session, result) if said else (), known, modules)


def gather(session: Session, result: Result, audience: Audience) -> Material:
    """All that is known of a result, as this audience may see it. NotShown."""
    round_ = session.get_one(Round, result.round_id)
    version = session.get_one(QuestionnaireVersion, result.version_id)
    shown = disclosed(result, audience)
    with speaking(shown.language):
        known = _known(session, result, round_, version)
    named = names_of(session, result)
    return Material(
        shown,
        remarks(session, result),
        known,
        modules_of(session, round_.partnership.region_id),
        named if isinstance(named, NamedLevels) else None,
    )


def _known(session: Session, result: Result, round_: Round, version: QuestionnaireVersion) -> Known:
    settled = settled_of(session, round_, version)
    return Known(
        {question: Settlement(each.level, each.reason, each.votes) for question, each in settled.items()},
        tuple(_planned(listed, version) for listed in actions_of(session, round_)),
        _since(session, result),
        hidden_comments(session, result),
        tuple(_held(workshop) for workshop in workshops_of(session, round_)),
        _beside(session, result),
    )


def _planned(listed: Listed, version: QuestionnaireVersion) -> Planned:
    action = listed.action
    return Planned(
        what=action.what,
        cause=action.cause,
        owner=action.owner,
        cost=action.cost,
        due=day(action.due) if action.due else "",
        measure=action.measure,
        status=status_name(action),
        about=action.question if action.version_id == version.id else "",
        carried_from=listed.of_round if listed.carried else "",
    )


def _held(workshop: Workshop) -> Held:
    """Without the names of who came, and without their addresses."""
    return Held(
        day(workshop.held),
        workshop.place,
        tuple(workshop.organisations.splitlines()),
        workshop.people,
        workshop.note,
        workshop.unsettled,
    )


def _since(session: Session, result: Result) -> Since | None:
    compared = change_since_last(session, result)
    return Since(compared.earlier.name, compared.change, compared.reason) if compared else None


WHY_NOT_BESIDE = {
    NotBeside.FEW: noted("fewer than five others"),
    NotBeside.SUBTRACTION: noted("it would tell of fewer than five others"),
    NotBeside.NOT_ASKED: noted("no others are counted"),
}
_LIKE_IT = {
    "county": noted("County partnerships of %(region)s"),
    "district": noted("District partnerships of %(region)s"),
    "unitary": noted("Unitary partnerships of %(region)s"),
    "local": noted("Local partnerships of %(region)s"),
    "": noted("All partnerships of %(region)s"),
}


def _beside(session: Session, result: Result) -> Beside | None:
    """Others of its kind in the region's newest snapshot of the questionnaire; all, where nothing is shown of these."""
    found = besides(session, result)
    return next(
        (each for each in found if any(section.median is not None for section in each.sections)),
        found[0] if found else None,
    )


def besides(session: Session, result: Result) -> tuple[Beside, ...]:
    """Others of its kind in the region's newest snapshot of the questionnaire, and all; nothing where none has it."""
    found = beside_others(session, result)
    if found is None:
        return ()
    own = session.get_one(Partnership, result.partnership_id).kind
    region = document_of(found.snapshot).region
    return tuple(
        Beside(
            gettext(_LIKE_IT["" if view.by == "all" else own], region=region),
            found.snapshot.name,
            found.snapshot.made.astimezone(LONDON).date(),
            _sections(view),
        )
        for view in found.views
    )


def _sections(view: CohortView) -> tuple[BesideSection, ...]:
    return tuple(_section(each) for each in view.sections)


def _section(of: BesideFigures) -> BesideSection:
    reason = gettext(WHY_NOT_BESIDE[of.withheld]) if of.withheld else ""
    return BesideSection(of.section, of.n, of.median, of.quartiles, reason)

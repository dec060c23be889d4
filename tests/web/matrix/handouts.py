"""Released results to print: for those who answered, the region, anybody."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from a2p.access.policy import Role
from a2p.documents.order import Order
from a2p.ordering.orders import order_document, want
from a2p.scoring.releases import To
from a2p.settings import documents_folder
from a2p.store.releases import released
from a2p.store.round_tables import Job, Result, Round
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.released import of_public, of_region, own
from tests.web.matrix.row import Args, Row, Rows


def own_document(site: Installation, place: Place) -> Args:
    """The document for those who answered of the first respondent’s round."""
    return {**own(site, place), "job_id": _made(site, place, place.open, To.RESPONDENTS)}


def region_document(site: Installation, place: Place) -> Args:
    """The document that was released to the region."""
    return {**of_region(site, place), "job_id": _made(site, place, place.closed, To.REGION)}


def public_document(site: Installation, place: Place) -> Args:
    """The board paper."""
    return {**of_public(site, place), "job_id": _made(site, place, place.closed, To.PUBLIC)}


def _made(site: Installation, place: Place, round_: Round, to: To) -> int:
    """The number of a finished document; of the other partnership, of one that is of nobody here."""
    if place is not site.site.own:
        return site.jobs[place.mark]
    with site.session() as session, session.begin():
        there = session.get_one(Round, round_.id)
        newest = select(Result).where(Result.round_id == round_.id).order_by(Result.edition.desc())
        result = session.scalars(newest).first()
        assert result is not None
        person = place.staff[Role.MANAGER].id if to is To.REGION else None
        order = Order("report", readers=to.value, level=released(session, there, to).level)
        wanted = want(session, result, order, person)
        assert wanted is not None
        job = order_document(session, wanted, person, Path("nowhere"))
        job.state, job.file = "done", "handout.pdf"
        (documents_folder(site.settings.data_dir) / "handout.pdf").write_bytes(b"%PDF of what is released")
        session.flush()
        return session.get_one(Job, job.id).id


ROWS: Rows = {
    ("POST", "handouts.order_own"): Row(own, 302),
    ("GET", "handouts.show_own"): Row(own_document),
    ("GET", "handouts.own_file"): Row(own_document),
    ("POST", "handouts.order_region"): Row(of_region, 302),
    ("GET", "handouts.show_region"): Row(region_document),
    ("GET", "handouts.region_file"): Row(region_document),
    ("POST", "handouts.order_public"): Row(of_public, 302),
    ("GET", "handouts.show_public"): Row(public_document),
    ("GET", "handouts.public_file"): Row(public_document),
}

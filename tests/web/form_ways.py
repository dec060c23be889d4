"""Where the forms stand that no page of their own blueprint shows to whoever comes first, and what has to be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from a2p.access.granting import Wanted, give
from a2p.access.policy import Role
from a2p.definition.catalogue import find
from a2p.rounds.answering import submit
from a2p.rounds.support_modules import retire_module
from a2p.store.audit import Actor
from a2p.store.round_tables import Invitation, Job, Round
from a2p.store.tables import Partnership, Region
from tests.site import Place, somebody
from tests.web.installation import Installation
from tests.web.matrix.associates import associate, introduced
from tests.web.matrix.by_name import county
from tests.web.matrix.deputy import DEPUTY
from tests.web.matrix.matching import introduction
from tests.web.matrix.modules import module
from tests.web.matrix.plans import ASKED
from tests.web.matrix.released import of_public, of_region
from tests.web.matrix.released import own as released_own
from tests.web.matrix.releasing import proposal
from tests.web.matrix.requests import request
from tests.web.matrix.row import Args, answer, asked, nothing, open_round, partnership, questionnaire, region
from tests.web.matrix.runs import run
from tests.web.matrix.snapshots import NEW, picture
from tests.web.matrix.support import wish


def nothing_sent(_site: Installation, _place: Place) -> Mapping[str, Any]:
    """A page that is asked for, not sent to."""
    return {}


@dataclass(frozen=True)
class Way:
    """A page that shows a form: its address, who has it before them ("": the first who may send the form), its parts,
    and what is sent to get there."""

    key: tuple[str, str]
    who: str = ""
    args: Callable[[Installation, Place], Args] = nothing
    sent: Callable[[Installation, Place], Mapping[str, Any]] = nothing_sent


def together(site: Installation, place: Place) -> Args:
    """The first respondent's invitation, to a round answered together."""
    with site.session() as session, session.begin():
        session.get_one(Round, place.open.id).together = True
    return answer(site, place)


def submitted(site: Installation, place: Place) -> Args:
    """The first respondent's answers, submitted; their round is then closed."""
    with site.session() as session, session.begin():
        submit(session, session.get_one(Invitation, place.invited[0].invitation.id), session.merge(place.version))
    return released_own(site, place)


def counted(site: Installation, place: Place) -> Args:
    """A region in which there is something to count."""
    picture(site, place)
    return region(site, place)


def with_an_earlier(site: Installation, place: Place) -> Args:
    """A snapshot after another one."""
    return picture(site, place)


def of_both_ends(site: Installation, place: Place) -> Args:
    """A district's partnership, with a questionnaire for both ends."""
    county(site, place)
    return partnership(site, place)


def two_sessions(site: Installation, place: Place) -> Args:
    """The coordinator is signed in elsewhere too."""
    site.coordinator(place)
    return {}


def waiting_batch(site: Installation, place: Place) -> Args:
    """The coordinator's batch of documents, not made yet."""
    return {"batch_id": _waiting(site, site.jobs[f"{place.mark} batch"])}


def waiting_job(site: Installation, place: Place) -> Args:
    """The coordinator's report, not made yet."""
    return {"job_id": _waiting(site, site.jobs[place.mark])}


def waiting_regional(site: Installation, place: Place) -> Args:
    """The programme manager's document of a snapshot, not made yet."""
    return {"job_id": _waiting(site, site.jobs[f"{place.mark} regional"])}


def _waiting(site: Installation, number: int) -> int:
    with site.session() as session, session.begin():
        session.get_one(Job, number).state = "queued"
    return number


def proposed(site: Installation, place: Place) -> Args:
    """A coordinator whom the coordinator proposed."""
    with site.session() as session, session.begin():
        person = somebody(session, "Mona Quick", "mona@example.org")
        wanted = Wanted(Role.COORDINATOR, session.get_one(Partnership, place.partnership.id))
        grant = give(session, person, wanted, by=Actor(place.coordinator.id, Role.COORDINATOR))
        session.flush()
        return {**partnership(site, place), "grant_id": grant.id}


def retired(site: Installation, place: Place) -> Args:
    """A support module that is retired."""
    of = module(site, place)
    with site.session() as session, session.begin():
        by = Actor(place.staff[Role.MANAGER].id, Role.MANAGER)
        retire_module(session, session.get_one(Region, place.region.id), str(of["module"]), by)
    return of


def matched(site: Installation, place: Place) -> Args:
    """The region, where the partnership asks for help that an associate offers."""
    wish(site, place)
    return associate(site, place)


def a_file(contents: bytes, name: str) -> Callable[[Installation, Place], Mapping[str, Any]]:
    """A file to upload."""
    return lambda _site, _place: {"file": (BytesIO(contents), name)}


PARTNERS = b"Name,E-mail,Organisation,Sector\nAnn Orchard,ann@example.org,Fen Trust,Health\n"
PLACES = b"Name,Kind,Region\nNew Partnership,District,Fenland region\n"
FIRST_LOOK = find("first-look").read_bytes()

WAYS: Mapping[str, Way] = {
    "snapshots.make": Way(("POST", "snapshots.preview"), "programme manager", counted, sent=lambda _site, _place: NEW),
    "snapshots.compare": Way(("GET", "snapshots.ask_compare"), args=with_an_earlier),
    "own_region.join": Way(("GET", "own_region.seen"), args=of_both_ends),
    "batches.cancel_batch": Way(("GET", "batches.show"), "coordinator", waiting_batch),
    "batches.order": Way(("GET", "batches.choose"), "coordinator"),
    "documents.cancel_job": Way(("GET", "documents.show_job"), "coordinator", waiting_job),
    "regional_documents.cancel_job": Way(("GET", "regional_documents.show_job"), args=waiting_regional),
    "admin_importing.add_all": Way(("POST", "admin_importing.preview"), sent=a_file(PLACES, "places.csv")),
    "admin_questionnaires.publish": Way(("POST", "admin_questionnaires.check"), sent=a_file(FIRST_LOOK, "first.yaml")),
    "blank_forms.of_partnership": Way(("GET", "planning.preview"), args=questionnaire),
    "blank_forms.of_round": Way(("GET", "coordinate.show_round"), args=asked),
    "comments.withhold": Way(("GET", "comments.own"), args=submitted),
    "deputy.confirm": Way(("POST", "deputy.check"), args=answer, sent=lambda _site, _place: DEPUTY),
    "handouts.order_own": Way(("GET", "released.own"), args=released_own),
    "handouts.order_region": Way(("GET", "released.region_result"), args=of_region),
    "handouts.order_public": Way(("GET", "released.public"), args=of_public),
    "inviting.invite_chosen": Way(
        ("POST", "inviting.choose_again"),
        args=open_round,
        sent=lambda _site, place: {"person": str(place.contact.id), "then": "check"},
    ),
    "associates.agree": Way(("GET", "associates.page"), "nobody", associate),
    "associates.answer": Way(("GET", "associates.page"), "nobody", introduced),
    "associates.withdraw": Way(("GET", "associates.page"), "nobody", associate),
    "associates.send_again": Way(("GET", "associates.show"), args=associate),
    "associates.end": Way(("GET", "associates.show"), args=associate),
    "matching.answer": Way(("GET", "matching.own"), args=introduction),
    "matching.end": Way(("GET", "matching.show"), args=introduction),
    "matching.introduce": Way(("GET", "matching.show"), args=matched),
    "plans.propose": Way(("POST", "plans.propose"), args=region, sent=lambda _site, _place: ASKED),
    "modules.bring_back": Way(("GET", "modules.edit"), args=retired),
    "own.end": Way(("GET", "own.account"), "coordinator", two_sessions),
    "own.end_others": Way(("GET", "own.account"), "coordinator", two_sessions),
    "own_copy.make": Way(("GET", "answer.copy"), args=answer),
    "partner_lists.bring_in": Way(
        ("POST", "partner_lists.preview"), args=partnership, sent=a_file(PARTNERS, "list.csv")
    ),
    "partner_lists.export": Way(("GET", "partners.show"), args=partnership),
    "releasing.decide": Way(("GET", "releasing.home"), args=proposal),
    "releasing.take_back": Way(("GET", "releasing.home"), args=proposal),
    "requests.reply": Way(("GET", "requests.show"), args=request),
    "runs.take_back": Way(("GET", "runs.show"), args=run),
    "roles.decide": Way(("GET", "roles.ask_confirm"), args=proposed),
    "support.withdraw": Way(("GET", "support.home"), args=wish),
    "answer.name": Way(("GET", "answer.start"), args=together),
    "second_factor.take": Way(("GET", "second_factor.ask"), "coordinator"),
}

"""Of which closed questionnaires somebody may have documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from a2p.access.policy import Principal, Role
from a2p.documents.order import KINDS, Order
from a2p.ordering.permitting import audience_of
from a2p.rounds.regional_snapshots import named_now
from a2p.rounds.results import SHOWN_TO
from a2p.scoring.disclosure import Audience
from a2p.scoring.releases import Figures, To
from a2p.store.base import today
from a2p.store.definitions import definition_of, languages_by_base
from a2p.store.outcome_tables import Release
from a2p.store.releases import released_of, released_result
from a2p.store.round_tables import QuestionnaireVersion, Result, Round
from a2p.store.tables import Partnership


@dataclass(frozen=True, slots=True)
class Available:
    """A round's newest result on a questionnaire, with whom somebody would have its documents as. With a `level` it is
    released so far to the region, which they look after: they have the report alone, with what that level lets out.
    `languages` are those that there are beside the one in which partners were asked."""

    result: Result
    round: Round
    title: str
    audience: Audience
    level: str = ""
    languages: tuple[str, ...] = ()

    def order(self, kind: str, *, large_print: bool, language: str = "") -> Order | None:
        """The order of a kind of document, None where they have none of it. What there is in one size comes in that,
        and what isn't there in the `language` comes in the one in which partners were asked."""
        large = large_print and "large_print" in KINDS[kind].options
        said = language if language in self.languages else ""
        if not self.level:
            return Order(kind, large_print=large, language=said)
        if kind != "report":
            return None
        return Order(kind, large_print=large, readers="region", level=self.level, language=said)


def available(session: Session, principal: Principal) -> tuple[Available, ...]:
    """The results of every closed round whose documents this person may have: those of their own rounds, the newest of
    each; then those that were released to a region they look after."""
    own = tuple(_own(session, principal))
    seen = {each.result.id for each in own}
    return own + tuple(each for each in _released(session, principal) if each.result.id not in seen)


def _own(session: Session, principal: Principal) -> Iterator[Available]:
    partnerships = [grant.partnership_id for grant in principal.grants if grant.partnership_id is not None]
    rounds = [grant.round_id for grant in principal.grants if grant.round_id is not None]
    found = session.execute(
        select(Result, Round, QuestionnaireVersion)
        .join(Round, Round.id == Result.round_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Result.version_id)
        .where(Result.shown, or_(Round.partnership_id.in_(partnerships), Round.id.in_(rounds)))
        .order_by(Round.partnership_id, Round.id.desc(), QuestionnaireVersion.questionnaire, Result.edition)
    )
    there = languages_by_base(session)
    newest = {(row[1].id, row[2].id): (row[0], row[1], row[2]) for row in found}
    for result, round_, version in newest.values():
        audience = audience_of(session, principal.person_id, result)
        if audience is not None:
            languages = tuple(sorted(there[version.base_sha256] - {version.language}))
            yield Available(result, round_, definition_of(version).title, audience, languages=languages)


def _released(session: Session, principal: Principal) -> Iterator[Available]:
    rounds = _released_rounds(session, principal)
    shown = released_of(session, rounds, To.REGION)
    regions = {round_.partnership.region_id for round_ in rounds}
    named = {number: level for region in regions for number, level in named_now(session, region).shown.items()}
    there = languages_by_base(session)
    for round_ in rounds:
        now = shown[round_.id]
        for version in round_.versions if now.figures is not Figures.NONE else ():
            result = released_result(session, round_, version, now)
            if result is not None and result.id in named:  # what is shown by name, as far as it is
                level = min(now.level, str(named[result.id]))
                languages = tuple(sorted(there[version.base_sha256] - {version.language}))
                yield Available(result, round_, definition_of(version).title, SHOWN_TO[To.REGION], level, languages)


def _released_rounds(session: Session, principal: Principal) -> Sequence[Round]:
    """Rounds of the regions that somebody manages of which anything was ever released to the region, by partnership."""
    regions = [each.region_id for each in principal.grants if each.role is Role.MANAGER and each.holds(today())]
    released = exists().where(Release.round_id == Round.id, Release.audience == To.REGION, Release.state == "confirmed")
    found = select(Round).join(Partnership).where(Partnership.region_id.in_(regions), released)
    return session.scalars(found.order_by(Partnership.name, Round.id.desc())).all()

"""What was released of a round, for those it was released to: who answered, the region's team, and anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from a2p.access.loading import round_
from a2p.access.loading_releases import (
    OwnResult,
    PublicRound,
    ReleasedResult,
    own_result,
    public_round,
    released_results,
    released_to_region,
)
from a2p.access.policy import Action
from a2p.documents.change_view import ChangeRow, change_rows, is_split
from a2p.documents.layout import SCREEN
from a2p.documents.released_view import ReleasedView, released_page
from a2p.documents.report_view import ReportOptions, ReportView, report_view
from a2p.ordering.languages import other_languages
from a2p.rounds.changes import Compared, change_released
from a2p.rounds.regional_snapshots import board_paper_shown, level_by_name
from a2p.rounds.results import SHOWN_TO, disclosed, remarks
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.releases import Figures, To, released_view
from a2p.scoring.remarks import Remark
from a2p.store.releases import released
from a2p.store.round_tables import Round
from a2p.store.support_modules import modules_of
from a2p.web.database import db
from a2p.web.document_forms import language_choices
from a2p.web.policy import Policy
from a2p.web.release_forms import LEVEL_WORDS
from a2p.web.respondent import signed_in_as

pages = Blueprint("released", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """A released result set for a page: the whole `report`, with the change since the round before where that may be
    told; or a `view` of less."""

    found: ReleasedResult
    report: ReportView | None = None
    view: ReleasedView | None = None
    compared: Compared | None = None
    changes: tuple[ChangeRow, ...] = ()

    @property
    def split(self) -> bool:
        """Whether the change tells the same organisations from different ones."""
        return is_split(self.changes)


@pages.get("/answer/<int:invitation_id>/results/<questionnaire>", policy=Policy(Action.SEE_OWN_RESULTS, own_result))
def own(of: OwnResult) -> ResponseReturnValue:
    """What those who answered may see. What was written is only in what is released whole."""
    whole = of.found.shown.figures is Figures.WHOLE
    said = remarks(db.session(), of.found.result) if whole else ()
    return render_template(
        "pages/released/own.html",
        invitation=of.invitation,
        signed_in=signed_in_as(of.invitation),
        round=of.found.asked.round,
        shown=_shown(of.found, said),
        languages=_languages(of.found),
    )


@pages.get("/rounds/<int:round_id>/released", policy=Policy(Action.SEE_RELEASED, round_))
def region(shown: Round) -> ResponseReturnValue:
    """What the partnership released of a round to its region: its themes, and where its figures are."""
    now = released(db.session(), shown, To.REGION)
    found = [(each, _by_name(each)) for each in released_results(db.session(), shown, To.REGION)]
    return render_template(
        "pages/released/region.html",
        round=shown,
        now=now,
        words=LEVEL_WORDS[To.REGION, now.level],
        levels=LEVEL_WORDS,
        found=found,
        languages=_languages(*(each for each, level in found if level)),
    )


@pages.get("/rounds/<int:round_id>/released/<questionnaire>", policy=Policy(Action.SEE_RELEASED, released_to_region))
def region_result(found: ReleasedResult) -> ResponseReturnValue:
    """The figures that were released to the region, by the partnership's name, as far as they tell nothing of the few
    who aren't named: until then they wait. Never a comment."""
    level, named = _by_name(found), found.shown.level
    if level == 0:
        return render_template("pages/released/waits.html", round=found.asked.round, found=found)
    less = replace(found, shown=replace(found.shown, level=min(named, str(level))))
    return render_template(
        "pages/released/region_result.html",
        round=found.asked.round,
        shown=_shown(less),
        languages=_languages(found),
        waits_for=LEVEL_WORDS[To.REGION, named] if str(level) < named else None,
    )


@pages.get("/public/rounds/<int:round_id>", policy=Policy(Action.READ_PUBLIC, public_round))
def public(of: PublicRound) -> ResponseReturnValue:
    """The board-paper version, for anybody, of what doesn't wait."""
    found = [each for each in of.found if board_paper_shown(db.session(), each.result)]
    if not found:
        abort(404)
    shown = [_shown(each) for each in found]
    return render_template("pages/released/public.html", round=of.round, shown=shown, languages=_languages(*found))


def _languages(*found: ReleasedResult) -> list[dict[str, str]]:
    """The languages in which one document of all these can be had; nothing where there is but one."""
    others = other_languages(db.session(), [each.result for each in found])
    asked = found[0].asked.version.language if len(found) == 1 else ""
    return [{"value": each.value, "text": each.label} for each in language_choices(others, asked)] if others else []


def _by_name(found: ReleasedResult) -> int:
    """The level at which the region may be shown a result by name now; 0 where it waits."""
    return level_by_name(db.session(), found.result)


def _shown(found: ReleasedResult, said: tuple[Remark, ...] = ()) -> Shown:
    left = _left(found)
    if found.shown.figures is not Figures.WHOLE:
        return Shown(found, view=released_page(left))
    compared = change_released(db.session(), found.result, found.shown.to)
    changes = change_rows(found.asked.definition, compared.change) if compared and compared.change else ()
    modules = modules_of(db.session(), found.asked.round.partnership.region_id)
    report = report_view(left, said, ReportOptions(support=modules), SCREEN)
    return Shown(found, report, compared=compared, changes=changes)


def _left(found: ReleasedResult) -> Disclosed:
    """What is left of the result at its level: the loader found figures, so there are some."""
    left = released_view(disclosed(found.result, SHOWN_TO[found.shown.to]), found.shown.figures)
    if left is None:
        raise ValueError("nothing is released")
    return left

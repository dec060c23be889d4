"""A closed round's results: the picture, the sections, what is agreed and what changed."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from a2p.access.loading import ClosedResult, closed_result
from a2p.access.policy import Action
from a2p.documents.change_view import change_rows, is_split
from a2p.documents.layout import SCREEN
from a2p.documents.report_view import ReportOptions, report_view
from a2p.rounds.changes import change_since_last
from a2p.rounds.comments import readers_of, reading_of
from a2p.rounds.editions import somebody_was_erased
from a2p.rounds.naming import names_of
from a2p.rounds.overview import mix_of
from a2p.rounds.reopening import reopenings_of
from a2p.rounds.results import disclosed, held_back, remarks
from a2p.scoring.disclosure import Audience
from a2p.scoring.named import NamedLevels, Unnamed
from a2p.store.support_modules import modules_of
from a2p.web.database import db
from a2p.web.policy import Policy, may
from a2p.web.workshop import view_of

pages = Blueprint("results", __name__)

RESULT = Policy(Action.SEE_RESULTS, closed_result, query=("edition",))


@pages.get("/rounds/<int:round_id>/results/<questionnaire>", policy=RESULT)
def show(found: ClosedResult) -> ResponseReturnValue:
    """Scores, bands, histograms and agreement, after disclosure; the same figures as in the report."""
    options = ReportOptions(support=modules_of(db.session(), found.asked.round.partnership.region_id))
    said = remarks(db.session(), found.result)
    # who sees no names may be told of lone voices
    audience = Audience.COORDINATOR if may("SEE_ROUND") else Audience.FACILITATOR
    report = report_view(disclosed(found.result, audience), said, options, SCREEN)
    names = names_of(db.session(), found.result) if may("SEE_NAMED") else Unnamed.PRIVATE
    newest = found.result is found.editions[-1]
    compared = change_since_last(db.session(), found.result)
    changes = change_rows(found.asked.definition, compared.change) if compared and compared.change else ()
    return render_template(
        "pages/results/show.html",
        report=report,
        round=found.asked.round,
        found=found,
        compared=compared,
        changes=changes,
        split=is_split(changes),
        reading=None if found.asked.round.together else reading_of(db.session(), found.result),
        readers=readers_of(db.session(), found.asked.round),
        held_back=held_back(found.result),
        somebody_erased=somebody_was_erased(db.session(), found.result),
        reopenings=reopenings_of(db.session(), found.asked.round),
        agreed=view_of(found) if may("SEE_AGREED") else None,
        is_open=names is not Unnamed.PRIVATE,
        named=isinstance(names, NamedLevels),
        mix=mix_of(db.session(), found.asked.round, found.asked.version) if newest else None,
    )

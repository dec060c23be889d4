"""Where each organisation stands, by name: pages and files that only an open round has."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from a2p.access.loading import ClosedResult
from a2p.access.loading_open import open_result
from a2p.access.policy import Action
from a2p.documents.named_view import named_view
from a2p.exchange.result_out import named_csv
from a2p.rounds.naming import names_of
from a2p.rounds.reopening import reopenings_of
from a2p.rounds.results import disclosed
from a2p.scoring.named import NamedLevels, Unnamed
from a2p.web.database import db
from a2p.web.policy import Policy, may

pages = Blueprint("named", __name__)
NAMED = Policy(Action.SEE_NAMED, open_result, query=("edition",))
ADDRESS = "/rounds/<int:round_id>/results/<questionnaire>/organisations"


@pages.get(ADDRESS, policy=NAMED)
def show(found: ClosedResult) -> ResponseReturnValue:
    """The table of organisations and questions; or why there is none."""
    named = names_of(db.session(), found.result)
    if named is Unnamed.PRIVATE:
        abort(404)
    return render_template(
        "pages/results/organisations.html",
        found=found,
        round=found.asked.round,
        edition=found.result.edition if reopenings_of(db.session(), found.asked.round) else None,
        why=None if isinstance(named, NamedLevels) else named,
        view=named_view(disclosed(found.result), named) if isinstance(named, NamedLevels) else None,
    )


@pages.get(f"{ADDRESS}.csv", policy=NAMED)
def as_csv(found: ClosedResult) -> Response:
    """The same as a table in a file."""
    named = names_of(db.session(), found.result)
    if not isinstance(named, NamedLevels):
        abort(404)
    name = f"organisations-{found.asked.definition.questionnaire}-{found.asked.round.id}-{found.result.edition}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(named_csv(disclosed(found.result), named), mimetype="text/csv; charset=utf-8", headers=headers)


def named_in(found: ClosedResult) -> NamedLevels | None:
    """Who is named in a result, for a page or file whose reader may see it; None where nobody is."""
    named = names_of(db.session(), found.result) if may("SEE_NAMED") else None
    return named if isinstance(named, NamedLevels) else None

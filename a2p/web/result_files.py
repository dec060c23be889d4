"""A closed round's result as files, under the same disclosure as its page."""

from __future__ import annotations

from flask import Blueprint, Response

from a2p.access.loading import ClosedResult, closed_result
from a2p.access.policy import Action
from a2p.exchange.result_out import dictionary_csv, questions_csv, result_json, result_xlsx
from a2p.rounds.results import disclosed
from a2p.scoring.disclosure import Audience, Disclosed
from a2p.web.downloads import note_download
from a2p.web.named import named_in
from a2p.web.policy import Policy, may

pages = Blueprint("result_files", __name__)
EXPORT = Policy(Action.EXPORT_RESULTS, closed_result, query=("edition",))
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADDRESS = "/rounds/<int:round_id>/results/<questionnaire>"


@pages.get(f"{ADDRESS}/export.json", policy=EXPORT)
def as_json(found: ClosedResult) -> Response:
    """One JSON object."""
    return _file(result_json(_shown(found), named_in(found)), "application/json", f"{_name(found)}.json", found, "JSON")


@pages.get(f"{ADDRESS}/export.csv", policy=EXPORT)
def as_csv(found: ClosedResult) -> Response:
    """The questions as a table."""
    return _file(questions_csv(_shown(found)), CSV, f"{_name(found)}.csv", found, "CSV")


@pages.get(f"{ADDRESS}/data-dictionary.csv", policy=EXPORT)
def dictionary(found: ClosedResult) -> Response:
    """What the columns mean."""
    return _file(dictionary_csv(_shown(found), named_in(found)), CSV, "data-dictionary.csv")


@pages.get(f"{ADDRESS}/export.xlsx", policy=EXPORT)
def as_xlsx(found: ClosedResult) -> Response:
    """A workbook with all of it."""
    return _file(result_xlsx(_shown(found), named_in(found)), XLSX, f"{_name(found)}.xlsx", found, "XLSX")


def _shown(found: ClosedResult) -> Disclosed:
    # as on the page: who sees no names may be told of lone voices
    return disclosed(found.result, Audience.COORDINATOR if may("SEE_ROUND") else Audience.FACILITATOR)


def _name(found: ClosedResult) -> str:
    return f"results-{found.asked.definition.questionnaire}-{found.asked.round.id}-{found.result.edition}"


def _file(content: bytes, mimetype: str, name: str, of: ClosedResult | None = None, kind: str = "") -> Response:
    """The file; one that has figures `of` a result in it is noted in the audit log."""
    if of is not None:
        note_download(of.result, "an export", kind)
    return Response(content, mimetype=mimetype, headers={"Content-Disposition": f'attachment; filename="{name}"'})

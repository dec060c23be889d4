"""Documents and exports of a region's snapshot."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, region


def snapshot(site: Installation, place: Place) -> Args:
    """A snapshot of the partnership's region, with a kind of document."""
    return {**region(site, place), "snapshot_id": site.jobs[f"{place.mark} snapshot"], "kind": "regional-report"}


def job(site: Installation, place: Place) -> Args:
    """A finished document of it."""
    return {"job_id": site.jobs[f"{place.mark} regional"]}


ROWS: Rows = {
    ("GET", "regional_documents.show"): Row(region),
    ("GET", "regional_documents.choose"): Row(snapshot),
    ("POST", "regional_documents.order"): Row(snapshot, 302, form={"format": "pdf"}),
    ("GET", "regional_documents.show_job"): Row(job),
    ("POST", "regional_documents.cancel_job"): Row(job, 302),
    ("GET", "regional_documents.download"): Row(job),
    ("GET", "regional_documents.as_json"): Row(snapshot),
    ("GET", "regional_documents.as_xlsx"): Row(snapshot),
    ("GET", "regional_documents.as_csv"): Row(snapshot),
    ("GET", "regional_documents.questions"): Row(snapshot),
    ("GET", "regional_documents.dictionary"): Row(snapshot),
}

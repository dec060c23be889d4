"""Documents of a closed round, one by one and many at once."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, job, result


def _kind(site: Installation, place: Place) -> Args:
    return {**result(site, place), "kind": "report"}


ROWS: Rows = {
    ("GET", "documents.show"): Row(result),
    ("GET", "documents.choose"): Row(_kind),
    ("POST", "documents.order"): Row(_kind, 302, form={"format": "pdf"}),
    ("GET", "documents.show_job"): Row(job),
    ("GET", "documents.download"): Row(job),
    ("POST", "documents.cancel_job"): Row(job, 302, own={"chair": 404, "facilitator": 404}),
}

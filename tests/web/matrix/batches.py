"""Many documents at once. A batch is its own person's: the coordinator asked for the one here."""

from __future__ import annotations

from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows

_OTHERS = dict.fromkeys(
    ("respondent", "chair", "facilitator", "comment reader", "programme manager", "administrator"), 404
)


def _batch(site: Installation, place: Place) -> Args:
    return {"batch_id": site.jobs[f"{place.mark} batch"]}


ROWS: Rows = {
    ("GET", "batches.choose"): Row(),
    ("POST", "batches.order"): Row(ok=422),
    ("GET", "batches.show"): Row(_batch, own=_OTHERS),
    ("GET", "batches.download"): Row(_batch, own=_OTHERS),
    ("POST", "batches.cancel_batch"): Row(_batch, 302, own=_OTHERS),
}

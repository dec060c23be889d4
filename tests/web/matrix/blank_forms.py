"""Paper forms to print: of what a partnership may ask and of what a round asks."""

from __future__ import annotations

from a2p.rounds.blank_forms import order_blank
from a2p.settings import documents_folder
from a2p.store.round_tables import QuestionnaireVersion
from tests.site import Place
from tests.web.installation import Installation
from tests.web.matrix.row import Args, Row, Rows, asked, partnership, questionnaire


def form(site: Installation, place: Place) -> Args:
    """A finished paper form of the partnership's."""
    documents = documents_folder(site.settings.data_dir)
    with site.session() as session, session.begin():
        version = session.get_one(QuestionnaireVersion, place.version.id)
        job = order_blank(session, place.partnership.id, version, place.coordinator.id, documents, large=False)
        job.state, job.file = "done", f"{place.mark}-form.pdf"
        (documents / job.file).write_bytes(b"%PDF")
        return {**partnership(site, place), "job_id": job.id}


ROWS: Rows = {
    ("POST", "blank_forms.of_partnership"): Row(questionnaire, 302),
    ("POST", "blank_forms.of_round"): Row(asked, 302),
    ("GET", "blank_forms.show"): Row(form),
    ("GET", "blank_forms.download"): Row(form),
}

"""Who takes results away as a file is in the audit log: who, what kind and of which round, and no figure of it."""

from __future__ import annotations

import json

from sqlalchemy import select

from a2p.access.policy import Role
from a2p.store.letter_tables import AuditEvent
from tests.web.installation import Installation


def test_each_download_of_results_is_noted_with_its_kind(installed: Installation) -> None:
    own = installed.site.own
    coordinator, facilitator = (installed.signed_in(own.staff[role]) for role in (Role.COORDINATOR, Role.FACILITATOR))
    files = f"/rounds/{own.closed.id}/results/sample"
    for client, path in (
        (coordinator, f"{files}/export.csv"),
        (facilitator, f"{files}/export.xlsx"),
        (coordinator, f"/jobs/{installed.jobs[own.mark]}/file"),
        (coordinator, f"{files}/data-dictionary.csv"),
    ):
        with client.get(path) as response:
            assert response.status_code == 200
    with installed.session() as session:
        found = session.scalars(
            select(AuditEvent).where(AuditEvent.action.startswith("downloaded")).order_by(AuditEvent.id)
        ).all()
    assert [(each.actor, each.action, json.loads(each.detail)["kind"]) for each in found] == [
        ("coordinator", "downloaded an export", "CSV"),
        ("facilitator", "downloaded an export", "XLSX"),
        ("coordinator", "downloaded a document", "Capacity report"),
    ]
    assert {(each.object, each.partnership_id) for each in found} == {(f"round {own.closed.id}", own.partnership.id)}
    assert "downloaded an export" in coordinator.page(f"/partnerships/{own.partnership.id}/audit").get_text()

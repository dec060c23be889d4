"""A region's support modules on its pages: what the manager changes is what partnerships find."""

from __future__ import annotations

from a2p.access.policy import Role
from tests.web.client import one, parsed
from tests.web.installation import Installation

HOME = "governance-workshop"


def test_what_the_manager_writes_is_what_a_coordinator_can_request(installed: Installation) -> None:
    own = installed.site.own
    manager = installed.signed_in(own.staff[Role.MANAGER])
    modules = f"/regions/{own.region.id}/modules"
    first, second = manager.page(f"{modules}/{HOME}"), manager.page(f"{modules}/{HOME}")
    saved = manager.send(first, "Save the module", title="An <b>evening</b> together", serves="sample/purpose")
    assert saved.status_code == 302
    clash = parsed(manager.send(second, "Save the module", title="Half a day", length="Two days"), 409)
    assert "An <b>evening</b> together" in one(clash, ".govuk-inset-text").get_text()
    assert one(clash, "#title")["value"] == "Half a day"
    coordinator = installed.coordinator(own)
    assert (
        "An <b>evening</b> together"
        in coordinator.page(f"/partnerships/{own.partnership.id}/support/request").get_text()
    )
    manager.send(manager.page(f"{modules}/{HOME}"), "Retire the module")
    requests = coordinator.page(f"/partnerships/{own.partnership.id}/support/request")
    assert "An <b>evening</b> together" not in requests.get_text()


def test_a_module_without_words_is_refused_and_says_where(installed: Installation) -> None:
    own = installed.site.own
    manager = installed.signed_in(own.staff[Role.MANAGER])
    page = manager.page(f"/regions/{own.region.id}/modules/new")
    refused = parsed(manager.send(page, "Add the module", length="A day"), 422)
    assert [each.get_text() for each in refused.select(".govuk-error-summary li a")] == [
        "Enter a title",
        "Say in a few sentences what it is",
        "Choose a format",
    ]
    assert one(refused, "#length")["value"] == "A day"

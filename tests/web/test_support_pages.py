"""Support by name: put on the list, seen by the region, withdrawn."""

from __future__ import annotations

from a2p.access.policy import Role
from tests.web.client import one, parsed
from tests.web.installation import Installation


def test_what_is_asked_for_is_on_the_regions_page_until_it_is_withdrawn(installed: Installation) -> None:
    own = installed.site.own
    coordinator, manager = installed.coordinator(own), installed.signed_in(own.staff[Role.MANAGER])
    home, region = f"/partnerships/{own.partnership.id}/support", f"/regions/{own.region.id}/support"
    form = coordinator.page(f"{home}/ask")
    sent = coordinator.send(form, "Put it on the list", about="sample/purpose", note="<b>Soon</b>")
    assert "on your list" in coordinator.follow(sent).get_text()
    seen = manager.page(region).get_text(" ", strip=True)
    assert "Fenland Partnership" in seen
    assert "<b>Soon</b>" in seen
    coordinator.follow(coordinator.send(coordinator.page(home), "Withdraw"))
    assert "Fenland Partnership" not in manager.page(region).get_text()


def test_nothing_chosen_and_the_same_twice_are_errors_that_keep_the_note(installed: Installation) -> None:
    own = installed.site.own
    coordinator = installed.coordinator(own)
    address = f"/partnerships/{own.partnership.id}/support/offer"
    for about, said in (("", "Choose one from the list"), ("sample/voice", ""), ("sample/voice", "already")):
        form = coordinator.page(address)
        sent = coordinator.send(form, "Put it on the list", about=about, note="We chair well")
        if said:
            page = parsed(sent, 422)
            assert said in one(page, ".govuk-error-summary").get_text()
            assert one(page, "#note").get_text(strip=True) == "We chair well"
        else:
            assert sent.status_code == 302

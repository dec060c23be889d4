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


def test_a_request_is_answered_and_the_coordinator_reads_the_answer(installed: Installation) -> None:
    own = installed.site.own
    coordinator, manager = installed.coordinator(own), installed.signed_in(own.staff[Role.MANAGER])
    home = f"/partnerships/{own.partnership.id}/support"
    form = coordinator.page(f"{home}/request?about=data-sharing")
    assert one(form, "option[selected]")["value"] == "data-sharing"
    coordinator.send(form, "Put it on the list")
    region = f"/regions/{own.region.id}/support"
    link = one(manager.page(region), f"a[href^='{region}/']")
    page = manager.page(str(link["href"]))
    assert "Say how the request stands" in parsed(manager.send(page, "Send the answer"), 422).get_text()
    manager.follow(manager.send(page, "Send the answer", state="planned", text="In <i>May</i>"))
    seen = coordinator.page(home).get_text(" ", strip=True)
    assert "planned" in seen
    assert "In <i>May</i>" in seen
    assert "Answer again" in manager.page(region).get_text()


def test_what_was_run_is_on_the_regions_list_can_be_changed_and_taken_back(installed: Installation) -> None:
    own = installed.site.own
    manager = installed.signed_in(own.staff[Role.MANAGER])
    runs = f"/regions/{own.region.id}/runs"
    form = manager.page(f"{runs}/new")
    told = {"module": "data-sharing", "places": str(own.partnership.id), "held-month": "5", "held-year": "2026"}
    refused = parsed(manager.send(form, "Keep it", **told), 422)
    assert "The day must be a real date" in one(refused, ".govuk-error-summary").get_text()
    assert one(refused, f"input[value='{own.partnership.id}']").has_attr("checked")
    kept = manager.follow(manager.send(form, "Keep it", **told, **{"held-day": "4"}))
    assert "4 May 2026, with 1 partnership" in " ".join(kept.get_text().split())
    change = str(one(kept, ".app-card a")["href"])
    first, second = manager.page(change), manager.page(change)
    assert one(first, "#held-month")["value"] == "5"
    assert one(first, "#places")["value"] == str(own.partnership.id)
    assert one(first, "#places").has_attr("checked")
    changed = manager.follow(manager.send(first, "Save it", note="In <b>the hall</b>"))
    assert "In <b>the hall</b>" in changed.get_text()
    clash = parsed(manager.send(second, "Save it", note="Well liked", held_day="5"), 409)
    theirs = one(clash, ".govuk-inset-text").get_text(" ", strip=True)
    assert "When it was held: 4 May 2026 Note: In <b>the hall</b>" in theirs
    assert "Who took part" not in theirs
    assert one(clash, "#note").get_text(strip=True) == "Well liked"
    assert "5 May 2026" in " ".join(manager.follow(manager.send(clash, "Save it")).get_text().split())
    manager.follow(manager.send(kept, "Take back, it was a mistake"))
    assert "Nothing yet" in manager.page(runs).get_text()

"""Support planned, and help that is found, on the pages: what the manager does, and what each side sees of it."""

from __future__ import annotations

from bs4 import BeautifulSoup

from a2p.access.limits import LINKS_TO_ADDRESS
from a2p.access.policy import Role
from a2p.store.letter_tables import Letter
from a2p.store.region_tables import Associate
from a2p.store.tokens import new_token, token_hash
from tests.web.client import one, parsed
from tests.web.installation import Installation


def words(page: BeautifulSoup) -> str:
    """The words of a page's middle, with one space between them."""
    return " ".join(one(page, "main").get_text().split())


def link_of(installed: Installation, email: str) -> str:
    """An associate's page under a fresh link, as a letter brings it."""
    token = new_token()
    with installed.session() as session, session.begin():
        row = session.query(Associate).filter_by(email=email).one()
        row.token_hash = token_hash(token)
    return f"/associate/{token}"


def test_an_associate_is_asked_agrees_is_proposed_and_introduced(installed: Installation) -> None:
    own = installed.site.own
    coordinator, manager = installed.coordinator(own), installed.signed_in(own.staff[Role.MANAGER])
    support, region = f"/partnerships/{own.partnership.id}/support", f"/regions/{own.region.id}"
    coordinator.send(coordinator.page(f"{support}/ask"), "Put it on the list", about="sample/purpose")
    sent = manager.send(
        manager.page(f"{region}/associates/new"), "Send the letter", name="Ada Lowe", email="ada@lowe.example.org"
    )
    assert "asked by letter" in manager.follow(sent).get_text()
    with installed.session() as session:
        assert session.query(Letter).filter_by(purpose="associate", address="ada@lowe.example.org").count() == 1
    link = link_of(installed, "ada@lowe.example.org")
    ada = installed.client()
    assert "Ada Lowe could help" not in manager.page(f"{region}/matching").get_text()
    refused = parsed(ada.send(ada.page(link), "Agree, and save", days="0"), 422)
    assert "Choose at least one section" in one(refused, ".govuk-error-summary").get_text()
    assert ada.send(ada.page(link), "Agree, and save", days="2", sections="sample/purpose").status_code == 302
    found = manager.page(f"{region}/associates?section=sample/purpose").get_text()
    assert "Ada Lowe" in found
    assert "Ada Lowe" not in manager.page(f"{region}/associates?section=sample/voice").get_text()
    matching = manager.page(f"{region}/matching")
    assert "Ada Lowe could help Fenland Partnership" in matching.get_text()
    manager.send(matching, "Ask both")
    introductions = f"/partnerships/{own.partnership.id}/introductions"
    support = f"/partnerships/{own.partnership.id}/support"
    assert "1 waits for your answer" in coordinator.page(support).get_text()
    before = coordinator.page(introductions)
    assert "A practitioner associate could help you" in before.get_text()
    assert "Ada" not in before.get_text()
    assert "Fenland" not in one(ada.page(link), "main").get_text().replace("Fenland region", "")
    coordinator.send(before, "Yes, introduce us")
    assert "Fenland Partnership" not in ada.page(link).get_text()
    ada.send(ada.page(link), "Yes, introduce us")
    assert "ada@lowe.example.org" in coordinator.page(introductions).get_text()
    assert "your answer" not in coordinator.page(support).get_text()
    assert own.coordinator.email in ada.page(link).get_text()
    ada.send(ada.page(link), "Withdraw")
    assert ada.get(link).status_code == 404


def test_who_lost_an_associates_link_is_told_the_same_whoever_asks_and_not_too_often(
    installed: Installation,
) -> None:
    own, client = installed.site.own, installed.client()
    manager = installed.signed_in(own.staff[Role.MANAGER])
    page = manager.page(f"/regions/{own.region.id}/associates/new")
    manager.send(page, "Send the letter", name="Ada Lowe", email="ada@lowe.example.org")
    over = client.page("/associate/cut-off", 404)
    assert one(parsed(client.send(over, "Send me a fresh link", email="ada@"), 422), "#email")["value"] == "ada@"
    told = [
        one(parsed(client.send(client.page("/associate"), "Send me a fresh link", email=email), 200), "main")
        for email in ("ada@lowe.example.org", "nobody@lowe.example.org")
    ]
    assert str(told[0]).replace("ada@", "nobody@") == str(told[1])
    for _ in range(2 * LINKS_TO_ADDRESS.most):
        client.send(client.page("/associate"), "Send me a fresh link", email="ada@lowe.example.org")
    with installed.session() as session:
        asked = session.query(Letter).filter_by(purpose="associate-link", address="ada@lowe.example.org")
        assert asked.count() == LINKS_TO_ADDRESS.most


def test_a_plan_is_proposed_edited_and_kept(installed: Installation) -> None:
    own = installed.site.own
    coordinator, manager = installed.coordinator(own), installed.signed_in(own.staff[Role.MANAGER])
    support, region = f"/partnerships/{own.partnership.id}/support", f"/regions/{own.region.id}"
    module = "governance-workshop"
    coordinator.send(coordinator.page(f"{support}/request"), "Put it on the list", about=module)
    demand = manager.page(f"{region}/demand").get_text(" ", strip=True)
    assert "1 requested it: 1 × 3 points" in demand
    proposed = parsed(manager.send(manager.page(f"{region}/plan"), "Propose", workshops="1"), 200)
    assert "Fenland Partnership" in one(proposed, "main").get_text()
    key = f"{module}/{own.partnership.id}"
    without = parsed(manager.send(proposed, "Propose again", omit=key), 200)
    assert "Nothing that you can run reaches a need" in without.get_text()
    assert one(without, f"input[value='{key}']").has_attr("checked")
    unnamed = parsed(manager.send(proposed, "Keep the plan", then="keep"), 422)
    assert "Enter a name for the plan" in one(unnamed, ".govuk-error-summary").get_text()
    kept = manager.follow(manager.send(proposed, "Keep the plan", then="keep", name="Support in 2027"))
    assert "Fenland Partnership" in kept.get_text()
    manager.follow(manager.send(kept, "Throw this plan away"))
    assert "Support in 2027" not in manager.page(f"{region}/plan").get_text()


def test_a_kept_plan_is_changed_and_tells_what_it_reaches_beside_the_best(installed: Installation) -> None:
    own, module = installed.site.own, "governance-workshop"
    coordinator, manager = installed.coordinator(own), installed.signed_in(own.staff[Role.MANAGER])
    request = coordinator.page(f"/partnerships/{own.partnership.id}/support/request")
    coordinator.send(request, "Put it on the list", about=module)
    proposed = parsed(manager.send(manager.page(f"/regions/{own.region.id}/plan"), "Propose", workshops="1"), 200)
    kept = manager.follow(manager.send(proposed, "Keep the plan", then="keep", name="Support in 2027"))
    change = str(one(kept, "main a[href$='/change']")["href"])
    first, second = manager.page(change), manager.page(change)
    assert "it reaches 3 of 3 points of need. No set" in words(first)
    taken_out = parsed(manager.send(first, "See what it reaches", **{f"{module}-sessions": "0"}), 200)
    assert "it reaches 0 of 3 points of need. The best set of sessions that you can run reaches 3: 3 more" in words(
        taken_out
    )
    sent = {"data-sharing-sessions": "1", "data-sharing-add": str(own.partnership.id), "name": "Support, <b>2028</b>"}
    full = parsed(manager.send(first, "See what it reaches", **sent), 422)
    assert "You chose 2 workshops, and can run 1" in one(full, ".govuk-error-summary").get_text()
    added = parsed(manager.send(full, "See what it reaches", workshops="2"), 200)
    assert one(added, "#data-sharing-invite").has_attr("checked")
    assert "it reaches 3 of 3" in words(added)
    saved = manager.follow(manager.send(added, "Save the plan"))
    assert "Support, <b>2028</b>" in one(saved, "h1").get_text()
    assert "you fixed it in" in words(saved)
    clash = parsed(manager.send(second, "Save the plan", name="Mine"), 409)
    told = one(clash, ".govuk-inset-text").get_text(" ", strip=True)
    assert "Name: Support, <b>2028</b>" in told
    assert "once: Fenland Partnership" in told
    assert one(clash, "#name")["value"] == "Mine"
    kept = manager.follow(manager.send(clash, "Save the plan"))
    assert one(kept, "h1").get_text() == "Mine"

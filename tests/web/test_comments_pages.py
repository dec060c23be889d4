"""Reading comments over, as a facilitator and a named reader; taking back an own one."""

from __future__ import annotations

import pytest

from a2p.access.policy import Role
from tests.site import grant
from tests.web.client import CheckedClient, one, parsed
from tests.web.installation import Installation


@pytest.fixture
def reader(installed: Installation) -> CheckedClient:
    return installed.signed_in(installed.site.own.staff[Role.FACILITATOR])


def results(installed: Installation) -> str:
    return f"/rounds/{installed.site.own.closed.id}/results/sample"


def test_comments_are_hidden_read_over_and_only_then_shown(installed: Installation, reader: CheckedClient) -> None:
    coordinator = installed.coordinator(installed.site.own)
    before = coordinator.page(results(installed)).get_text()
    assert "20 comments wait to be read over by Fenland comment reader, or Fenland facilitator" in before
    assert "Fenland story" not in before
    page = reader.page(f"{results(installed)}/comments")
    assert "20 comments, none hidden" in page.get_text()
    assert "police" not in page.get_text()
    hidden = reader.follow(reader.send(page, "Hide"))
    assert "20 comments, 1 hidden" in hidden.get_text()
    done = reader.follow(reader.send(hidden, "I have read them over"))
    assert not [each for each in done.select("main button") if each.get_text().startswith("Hide")]
    after = coordinator.page(results(installed)).get_text()
    assert "20 comments, 1 hidden" in after
    assert "Fenland story" in after
    reader.send(done, "Take the reading up again")
    assert "Fenland story" not in coordinator.page(results(installed)).get_text()


def test_a_named_reader_is_led_to_the_comments_and_sees_no_results(installed: Installation) -> None:
    named = installed.signed_in(installed.site.own.staff[Role.READER])
    assert "Fenland comment" in named.page(f"{results(installed)}/comments").get_text()
    assert results(installed) in str(named.page(f"/rounds/{installed.site.own.closed.id}/comments"))
    assert named.get(results(installed)).status_code == 403


def test_a_facilitator_finds_back_to_the_round_and_a_reader_is_offered_no_page_that_refuses_them(
    installed: Installation, reader: CheckedClient
) -> None:
    round_ = f"/rounds/{installed.site.own.closed.id}"
    named = installed.signed_in(installed.site.own.staff[Role.READER])
    facilitators_way, readers_way = (
        each.page(f"{round_}/comments").select(".govuk-back-link") for each in (reader, named)
    )
    assert [link["href"] for link in facilitators_way] == [f"{round_}/facilitate"]
    assert readers_way == []
    assert named.get(f"{results(installed)}/export.csv").status_code == 403


def test_a_coordinator_names_a_reader_who_is_not_themselves(installed: Installation) -> None:
    coordinator = installed.coordinator(installed.site.own)
    place = installed.site.own
    form = coordinator.page(f"/partnerships/{place.partnership.id}/people/reader")
    days = {"ends_day": "1", "ends_month": "2", "ends_year": "2999"}
    near = {"name": "Mona Quick", "email": place.staff[Role.CHAIR].email, "round": str(place.closed.id), **days}
    named = coordinator.follow(coordinator.send(form, "Name", **near))
    assert "Comment reader of Fenland spring" in named.get_text()
    own = parsed(coordinator.send(form, "Name", **{**near, "email": place.coordinator.email}), 422)
    assert "Nobody can give a role to themselves" in one(own, ".govuk-error-summary").get_text()


def test_somebody_who_coordinates_too_is_told_why_they_do_not_read(installed: Installation) -> None:
    place = installed.site.own
    with installed.session() as session, session.begin():
        facilitator = session.merge(place.staff[Role.FACILITATOR])
        session.add(grant(facilitator, session.merge(place.partnership)))
    page = installed.signed_in(place.staff[Role.FACILITATOR])
    refused = page.get(f"{results(installed)}/comments")
    assert refused.status_code == 403
    assert "They coordinate this partnership" in refused.get_data(as_text=True)


def test_a_writer_withholds_a_comment_from_everybody(installed: Installation, reader: CheckedClient) -> None:
    writer = installed.respondent(installed.site.own.answered[0])
    address = f"/answer/{installed.site.own.answered[0].id}/sample"
    page = writer.page(f"{address}/comments")
    assert len(page.select(".app-comments__one")) == 4
    after = writer.follow(writer.send(page, "Withhold"))
    assert len(after.select(".govuk-tag")) == 1
    assert "19 comments" in reader.page(f"{results(installed)}/comments").get_text()

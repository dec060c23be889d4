"""What an administrator uploads is checked and compared before it is published; what is retired is offered no more."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from a2p.definition.overlay import parse_overlay
from a2p.rounds import publishing
from a2p.rounds.opening import RoundPlan, open_round, versions_for
from a2p.rounds.publishing import CannotPublish, Checked, check
from a2p.store.audit import Actor
from a2p.store.definitions import definition_of, newest_versions, publish_overlaid
from a2p.store.round_tables import QuestionnaireVersion
from a2p.store.tables import Partnership, Region
from tests.definition.yaml_texts import SMALL

BY = Actor(None, "administrator")
SECOND = SMALL.replace("version: 1", "version: 2\nsince: {2: {}}").replace("Is the aim clear?", "Is the aim plain?")


def look(session: Session, text: str) -> Checked:
    return check(session, text.encode(), "small.yaml")


def published(session: Session, text: str = SMALL) -> QuestionnaireVersion:
    return publishing.publish_checked(session, text.encode(), "small.yaml", by=BY)


def offered(session: Session) -> list[int]:
    return [each.version for each in newest_versions(session)]


def test_mistakes_are_located_as_a_check_on_the_command_line_does(session: Session) -> None:
    checked = look(session, SMALL.replace("scale: maturity", "scale: maturty"))
    assert str(checked.problems[-1]) == (
        "small.yaml:19:16: section purpose, question aim, scale: no scale is called maturty (did you mean maturity?)"
    )
    assert not checked.can_be_published
    with pytest.raises(CannotPublish):
        published(session, "questionnaire: [")


def test_bytes_that_are_no_text_are_a_mistake_and_no_crash(session: Session) -> None:
    assert check(session, b"\xff\xfe\x00%PDF", "small.yaml").problems
    assert check(session, b"", "small.yaml").problems


def test_the_first_version_has_nothing_to_be_compared_with(session: Session) -> None:
    checked = look(session, SMALL)
    assert checked.can_be_published
    assert checked.before is None
    version = published(session)
    assert definition_of(version) == checked.definition


def test_the_next_version_is_compared_with_the_published_one(session: Session) -> None:
    published(session)
    checked = look(session, SECOND)
    assert checked.can_be_published
    assert checked.difference is not None
    assert [change.after for change in checked.difference.changes if change.after] == ["Is the aim plain?"]
    published(session, SECOND)
    assert offered(session) == [2]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SMALL, "published already, just as it is"),
        (SMALL.replace("Is the aim clear?", "Is it?"), "with other contents"),
        (SMALL.replace("version: 1", "version: 2\nsince: {2: {}}").replace("id: reviewer", "id: checker"), "vanished"),
    ],
)
def test_what_would_change_a_published_meaning_is_refused_with_advice(session: Session, text: str, why: str) -> None:
    published(session)
    checked = look(session, text)
    assert why in checked.against
    with pytest.raises(CannotPublish, match=why):
        published(session, text)


def test_an_older_version_is_refused(session: Session) -> None:
    published(session)
    published(session, SECOND)
    assert "just as it is" in look(session, SMALL).against
    assert "give this one number 3" in look(session, SMALL.replace("Is the aim clear?", "Is it?")).against


def test_a_retired_version_is_not_offered_with_its_local_words_and_can_be_brought_back(session: Session) -> None:
    first, second = published(session), published(session, SECOND)
    overlay = parse_overlay(b"overlay: small\nlanguage: en\ntitle: Ours\n", "small.local.yaml", definition_of(second))
    publish_overlaid(session, definition_of(second), [overlay])
    assert publishing.offered_without(session, second) == 1
    publishing.retire(session, second, by=BY)
    assert offered(session) == [1]
    assert [each.version for each in newest_versions(session, local=True)] == [1]
    publishing.retire(session, first, by=BY)
    assert publishing.offered_without(session, first) is None
    assert offered(session) == []
    publishing.bring_back(session, second, by=BY)
    assert [each.overlay_sha256 != "" for each in newest_versions(session, local=True)] == [True]
    assert [(each.version.version, each.offered) for each in publishing.listed_versions(session)] == [
        (2, True),
        (1, False),
    ]


def test_a_round_goes_on_with_a_retired_version(session: Session) -> None:
    version = published(session)
    region = Region(name="East")
    session.add(region)
    session.flush()
    place = Partnership(region_id=region.id, name="Shire", kind="county")
    session.add(place)
    session.flush()
    round_ = open_round(session, place, RoundPlan("Spring", [version], together=False))
    publishing.retire(session, version, by=BY)
    assert versions_for(session, place) == []
    assert round_.versions == [version]

"""Published versions never change."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from a2p.definition.canonical import sha256
from a2p.definition.overlay import layerings, parse_overlay
from a2p.store.base import now
from a2p.store.definitions import (
    AlreadyPublished,
    definition_of,
    in_language,
    newest_versions,
    publish,
    publish_overlaid,
)
from tests.builders import definition
from tests.documents.pseudo import overlay_of


def test_what_is_published_is_read_back_the_same(session: Session) -> None:
    made = definition(about="Welsh: ŵ ŷ. 🙂 <b>")
    version = publish(session, made)
    session.expire_all()
    assert definition_of(version) == made
    assert version.sha256 == sha256(made)


def test_publishing_the_same_again_gives_the_row_that_is_there(session: Session) -> None:
    assert publish(session, definition()).id == publish(session, definition()).id


def test_another_text_under_a_published_number_is_refused(session: Session) -> None:
    before = publish(session, definition()).canonical
    with pytest.raises(AlreadyPublished, match="sample version 1"):
        publish(session, definition(title="Another"))
    assert [version.canonical for version in newest_versions(session)] == [before]


def test_the_newest_version_of_each_questionnaire_is_offered(session: Session) -> None:
    for made in (definition(version=2, title="B"), definition(title="A"), definition(questionnaire="other")):
        publish(session, made)
    assert [(each.questionnaire, each.version) for each in newest_versions(session)] == [("other", 1), ("sample", 2)]


def test_local_words_are_published_beside_the_plain_ones_and_pinned_by_their_own_hash(session: Session) -> None:
    plain = definition()
    base = publish(session, plain)
    overlay = parse_overlay(b"{overlay: sample, language: en, title: In our words}", "sample.local.yaml", None)
    local = publish_overlaid(session, plain, [overlay])
    assert definition_of(local).title == "In our words"
    assert (local.base_sha256, local.overlay_sha256) == (base.sha256, overlay.sha256)
    assert local.sha256 != base.sha256
    assert newest_versions(session) == [base]
    assert newest_versions(session, local=True) == [local]


def test_local_words_that_change_leave_the_published_ones_as_they_are(session: Session) -> None:
    plain = definition()
    publish(session, plain)
    first, second = (
        publish_overlaid(
            session, plain, [parse_overlay(f"{{overlay: sample, title: {title}}}".encode(), "sample.local.yaml", None)]
        )
        for title in ("First", "Second")
    )
    assert definition_of(first).title == "First"
    assert newest_versions(session, local=True) == [second]


def test_a_language_is_published_and_found_from_either_side(session: Session) -> None:
    plain = definition()
    base, welsh = publish(session, plain), publish_overlaid(session, plain, [overlay_of(plain)])
    assert (welsh.language, welsh.base_sha256, welsh.overlay_sha256) == ("cy", base.sha256, "")
    assert welsh.overlays == (overlay_of(plain).sha256,)
    assert newest_versions(session) == [base]
    assert newest_versions(session, language="cy") == newest_versions(session, language="cy", local=True) == [welsh]
    assert in_language(session, base, "cy") == welsh
    assert in_language(session, welsh, "en") == base


def test_local_words_follow_into_a_language_that_they_were_laid_over(session: Session) -> None:
    plain = definition()
    publish(session, plain)
    anywhere = parse_overlay(b"{overlay: sample, title: Ours}", "sample.local.yaml", plain)
    english = parse_overlay(b"{overlay: sample, language: en, title: Theirs}", "sample.local.yaml", plain)
    welsh = overlay_of(plain)
    assert layerings(plain, [welsh, anywhere]) == ((anywhere,), (welsh,), (welsh, anywhere))
    assert layerings(plain, [welsh, english]) == ((english,), (welsh,))
    local, alone, both = (publish_overlaid(session, plain, layers) for layers in layerings(plain, [welsh, anywhere]))
    assert both.overlays == (welsh.sha256, anywhere.sha256)
    assert in_language(session, local, "cy") == both
    assert in_language(session, both, "en") == local
    assert in_language(session, alone, "en") != local


def test_a_language_of_a_retired_version_is_retired_too(session: Session) -> None:
    plain = definition()
    base = publish(session, plain)
    base.retired = now()
    assert publish_overlaid(session, plain, [overlay_of(plain)]).retired == base.retired
    assert newest_versions(session, language="cy") == []

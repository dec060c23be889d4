"""What a translation says is said, and what it leaves out or gets wrong stays in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from a2p.documents import language
from a2p.documents.language import gettext, ngettext, speaking
from a2p.documents.templating import environment
from tests.texts.template import standing

TRANSLATION = """
msgid "Contents"
msgstr "Cynnwys"

msgid "%(best)s, then %(worst)s"
msgstr "%(worst)s ar ôl %(best)s"

msgid "Score %(score)s"
msgstr "Sgôr %(sgor)s"

msgid "A tenth"
msgstr "10%"

msgid "<b>Score.</b> A number."
msgstr "Sgôr. Rhif."

#, fuzzy
msgid "Band"
msgstr "Band?"

msgid "%(num)s question"
msgid_plural "%(num)s questions"
msgstr[0] "dim cwestiwn"
msgstr[1] "un cwestiwn"
msgstr[2] "dau gwestiwn"
msgstr[3] "tri chwestiwn"
msgstr[4] "chwe chwestiwn"
msgstr[5] "%(num)s cwestiwn"
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("languages") / "cy.po"
    made.write_text(TRANSLATION, encoding="utf-8")
    return made


@pytest.fixture(autouse=True)
def welsh(source: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(language, "LANGUAGES", source.parent)
    language.catalogue.cache_clear()
    with speaking("cy"):
        yield
    language.catalogue.cache_clear()


def test_sentences_are_said_with_their_words_in_an_order_of_their_own() -> None:
    assert gettext("Contents") == "Cynnwys"
    assert gettext("%(best)s, then %(worst)s", best="a", worst="b") == "b ar ôl a"


def test_a_language_has_forms_of_its_own_for_numbers() -> None:
    said = [ngettext("%(num)s question", "%(num)s questions", number) for number in (1, 2, 3, 7)]
    assert said == ["un cwestiwn", "dau gwestiwn", "tri chwestiwn", "7 cwestiwn"]


def test_what_is_missing_or_unsure_or_can_not_be_filled_in_or_has_other_marks_stays_english() -> None:
    assert gettext("Appendix") == "Appendix"
    assert gettext("Band") == "Band"
    assert gettext("Score %(score)s", score=4) == "Score 4"
    assert gettext("A tenth") == "A tenth"
    assert gettext("<b>Score.</b> A number.") == "<b>Score.</b> A number."


def test_templates_say_them_too_and_what_is_filled_in_is_escaped() -> None:
    text = '{{ gettext("Contents") }} {% trans best=best, worst=1 %}{{ best }}, then {{ worst }}{% endtrans %}'
    assert environment().from_string(text).render(best="<i>") == "Cynnwys 1 ar ôl &lt;i&gt;"


def test_another_language_and_none_are_english() -> None:
    for other in ("en", "fr"):
        with speaking(other):
            assert gettext("Contents") == "Contents"


def test_who_lists_the_sentences_is_told_what_is_left_and_what_is_wrong(source: Path) -> None:
    first, *wrong = standing(source)
    assert first.endswith("sentences are still in English")
    assert [line.rpartition(": ")[2] for line in wrong] == ["Score %(score)s", "A tenth", "<b>Score.</b> A number."]

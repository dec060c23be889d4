"""The texts are plain: short sentences, easy words, no abbreviations left unexplained, British spelling."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from spylls.hunspell import Dictionary

from tests.questionnaires.mapping import readme
from tests.questionnaires.reading import grade, sentences, syllables, words
from tests.questionnaires.texts import ALL, HERE, Placed, definition, everything, in_local_words, texts

LONGEST_SENTENCE = 24
# Flesch-Kincaid grades; with five added, the age of a British reader. The aim is 12 to 14.
HARDEST_QUESTIONNAIRE = 7.0
HARDEST_QUESTION = 9.0
# A single sentence swings by several grades with one long word, so that its limit catches the odd one out only.
HARDEST_TEXT = 11.0

DICTIONARY = Path("/usr/share/hunspell/en_GB.dic")
EXCEPTIONS: dict[str, str] = yaml.safe_load((HERE / "reviewed.yaml").read_text(encoding="utf-8"))["hard_to_read"]

each_one = pytest.mark.parametrize("name", ALL)

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ABBREVIATION = re.compile(r"\b(?:[A-Z][A-Z0-9]\w*|(?:[A-Za-z]\.){2,}|[A-Z]?[a-z]+[A-Z]\w*)")


def read_by_people() -> tuple[Placed, ...]:
    """All base texts, and those of the overlays that differ from them."""
    local = [text for name in ALL for text in texts(in_local_words(name))]
    return tuple(dict.fromkeys((*everything(), *local)))


def test_no_sentence_has_25_words() -> None:
    long = [
        (each.place, len(words(sentence)))
        for each in read_by_people()
        for sentence in sentences(each.text)
        if len(words(sentence)) > LONGEST_SENTENCE
    ]
    assert long == []


@each_one
def test_a_questionnaire_can_be_read_at_the_age_of_twelve(name: str) -> None:
    assert grade("\n\n".join(each.text for each in texts(definition(name)))) <= HARDEST_QUESTIONNAIRE


@each_one
def test_each_question_with_its_descriptors_can_be_read_at_fourteen(name: str) -> None:
    for section in definition(name).sections:
        for question in section.scale_questions:
            whole = "\n\n".join([question.ask, question.help or "", *question.levels.values()])
            assert grade(whole) <= HARDEST_QUESTION, question.id


def test_single_texts_above_the_limit_are_those_that_were_reviewed() -> None:
    running = {"about", "ask", "help", "evidence", "levels", "advise", "discuss", "summary"}
    hard = {each.place for each in everything() if each.kind in running and grade(each.text) > HARDEST_TEXT}
    assert hard == set(EXCEPTIONS)


def test_every_question_is_one_question() -> None:
    for each in everything():
        if each.kind in {"ask", "discuss"} and "finish the sentence" not in each.text:
            assert each.text.endswith("?"), each.place
        if each.kind == "ask":
            assert each.text.count("?") == 1, each.place


def test_every_descriptor_is_made_of_whole_sentences() -> None:
    for each in everything():
        if each.kind in {"levels", "evidence", "advise", "help"}:
            assert each.text[0].isupper(), each.place
            assert each.text.endswith((".", "?")), each.place


def unexplained(told: tuple[Placed, ...]) -> list[str]:
    """Abbreviations that stand before they have stood in brackets behind the words they are short for."""
    explained: set[str] = set()
    found = []
    for each in told:
        explained |= {word.strip("()") for word in re.findall(r"\(\w+\)", each.text)}
        found += [f"{each.place}: {short}" for short in _ABBREVIATION.findall(each.text) if short not in explained]
    return found


@each_one
def test_no_abbreviation_is_left_unexplained(name: str) -> None:
    base = definition(name)
    sources = [Placed(f"{name}/sources/{each}", source.title) for each, source in base.sources.items()]
    assert unexplained((*texts(base), *sources)) == []


def test_an_abbreviation_is_explained_once_and_before_it_stands_alone() -> None:
    said = "The delivery agreement (DA) counts."
    assert unexplained((Placed("a", said), Placed("b", "The DA is here."))) == []
    assert unexplained((Placed("b", "The DA is here."), Placed("a", said))) == ["b: DA"]
    assert unexplained((Placed("c", "See e.g. the IDeA."),)) == ["c: e.g.", "c: IDeA"]


@cache
def dictionary() -> Dictionary:
    if not DICTIONARY.exists():
        pytest.skip("no British dictionary: apt-get install hunspell-en-gb")
    return Dictionary.from_files(str(DICTIONARY.with_suffix("")))


@cache
def own_words() -> frozenset[str]:
    lines = (HERE / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.lower() for line in lines if line and not line.startswith("#"))


def misspelt(text: str) -> list[str]:
    """Words that neither the dictionary nor the project's list has, and verbs in -ize."""
    found = []
    for token in dict.fromkeys(_TOKEN.findall(text)):
        word = token.replace("’", "'").removesuffix("'s")
        known = word.isdigit() or word.lower() in own_words() or dictionary().lookup(word)
        # The dictionary takes both; this project writes -ise.
        if not known or (re.search(r"i(?:z(?:e[ds]?|ing)|zations?)$", word) and not re.search(r"(?:s|pr)iz", word)):
            found.append(token)
    return found


@each_one
def test_the_spelling_is_british(name: str) -> None:
    base = definition(name)
    told = [each.text for each in (*texts(base), *texts(in_local_words(name)))]
    told += [source.title for source in base.sources.values()]
    told += [level.label for levels in base.scales.values() for level in levels]
    assert misspelt("\n".join(told)) == []


def test_the_spelling_of_the_catalogue_and_the_readme_is_british() -> None:
    prose = re.sub(
        r"```.*?```|`[^`]*`|<!--.*?-->|https?://\S+", " ", readme().read_text(encoding="utf-8"), flags=re.DOTALL
    )
    catalogue = [each.text for each in everything() if each.place.startswith("support/")]
    assert misspelt("\n".join([*catalogue, prose])) == []


def test_american_spelling_and_slips_would_be_found() -> None:
    wrong = "neighborhood color organize organizations recieve"
    assert misspelt(f"{wrong} neighbourhood colour organise size prize the board's") == wrong.split()


def test_every_word_of_the_projects_list_is_needed() -> None:
    used = " ".join([*(each.text for each in read_by_people()), readme().read_text(encoding="utf-8")])
    used += " ".join(source.title for name in ALL for source in definition(name).sources.values())
    assert own_words() <= set(_TOKEN.findall(used.lower()))


def test_the_grade_is_that_of_the_published_formula() -> None:
    # 13 words, 1 sentence, 25 syllables.
    said = "The partnership publishes papers and decisions within a month, with reasons people understand."
    assert [syllables(word) for word in words(said)] == [1, 3, 3, 2, 1, 3, 2, 1, 1, 1, 2, 2, 3]
    assert grade(said) == pytest.approx(0.39 * 13 + 11.8 * 25 / 13 - 15.59)


def test_sentences_end_at_stops_colons_and_blank_lines() -> None:
    assert sentences('One two. "Three?" Four: five\n\nsix') == ["One two", '"Three', "Four", "five", "six"]

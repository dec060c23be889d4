"""The form of a section: from what is posted to answers, from answers to what stands in the fields, and into words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, State
from a2p.web.forms.kept import Kept
from a2p.web.forms.registry import KINDS, kind_of
from a2p.web.forms.render import error_links
from a2p.web.forms.section import Reading, SectionForm, questions_on_page, section_form
from tests.builders import definition, options, question, scale_question, section

BLANK = Answer(State.BLANK)


def form_of(*questions: dict[str, object], sha256: str = "") -> SectionForm:
    made = definition(section("part", *questions, scale_question("filler")))
    return section_form(made, sha256 or repr(questions), made.sections[0])


def read(form: SectionForm, **posted: str | list[str]) -> Reading:
    """Post these fields (an underscore stands for the hyphen after a field's letter) with every edition at 0."""
    fields = {name.replace("_", "-", 1): [text] if isinstance(text, str) else text for name, text in posted.items()}
    editions = {asked.field("v"): ["0"] for asked in form.asked}
    return form.read({**editions, **fields}, [asked.id for asked in form.asked])


def errors(reading: Reading) -> list[str]:
    return [error.text for found in reading.errors.values() for error in found]


def test_nothing_chosen_is_blank_and_no_error() -> None:
    reading = read(form_of(scale_question("aim"), question("last", "date"), question("members", "number")))
    assert set(reading.answers.values()) == {BLANK}
    assert not reading.errors


def test_each_level_shows_its_name_and_its_descriptor() -> None:
    form = form_of(scale_question("aim"))
    page = BeautifulSoup(form.html(["aim"], form.values({}))[0], "html5lib")
    labels = [label.get_text(strip=True) for label in page.select(".govuk-radios__label")]
    assert labels == ["Level 1", "Level 2", "Level 3", "Level 4", "Don’t know"]
    hints = [hint.get_text(strip=True) for hint in page.select(".govuk-radios__hint")]
    assert hints[2] == "Descriptor 3 of aim."
    assert page.select_one("legend h2") is not None


@pytest.mark.parametrize("levels", range(2, 12))
def test_a_scale_of_any_length_can_be_answered(levels: int) -> None:
    form = form_of(scale_question("aim", levels=levels))
    reading = read(form, a_aim=f"level-{levels}")
    assert reading.answers["aim"] == Answer(State.GIVEN, f"level-{levels}")


def test_an_answer_that_the_page_does_not_offer_is_refused() -> None:
    form = form_of(scale_question("aim", dont_know=False), question("means", "choices"))
    for posted in ({"a_aim": "level-9"}, {"a_aim": "dont-know"}, {"a_aim": "not-applicable"}, {"a_means": "nothing"}):
        assert len(errors(read(form, **posted))) == 1


def test_not_applicable_needs_its_reason() -> None:
    form = form_of(scale_question("aim", not_applicable=True))
    assert errors(read(form, a_aim="not-applicable")) == ["Give a reason why “How is aim?” does not apply"]
    assert read(form, a_aim="not-applicable", r_aim=" New. ").answers["aim"] == Answer(State.NOT_APPLICABLE, "", "New.")


def test_a_comment_may_stand_without_an_answer() -> None:
    assert read(form_of(scale_question("aim")), c_aim="Hm.").answers["aim"] == Answer(State.BLANK, "", "Hm.")


def test_a_comment_is_counted_as_it_is_kept() -> None:
    form = form_of(scale_question("aim"))
    assert not read(form, c_aim="\r\n" * 2_000 + "x" * 5_000).errors
    assert read(form, c_aim="a\r\nb").answers["aim"].comment == "a\nb"
    assert errors(read(form, c_aim="x" * 5_001)) == ["Your comment on “How is aim?” must be 5,000 characters or less"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("12", "12"), (" 1,200 ", "1200"), ("12.50", "12.5"), ("1e2", "100"), ("0", "0"), ("-3", "-3")]
)
def test_a_number_is_kept_as_the_shortest_decimal(typed: str, kept: str) -> None:
    assert read(form_of(question("members", "number")), a_members=typed).answers["members"].value == kept


@pytest.mark.parametrize("typed", ["twelve", "1.2.3", "nan", "inf", "1e400", "9" * 30, "١٢x"])
def test_what_is_no_number_is_said_so(typed: str) -> None:
    found = errors(read(form_of(question("members", "number")), a_members=typed))
    assert found == ["The answer to “What is members?” must be a number, such as 12"]


@pytest.mark.parametrize(
    ("limits", "typed", "said"),
    [
        ({"min": 1, "max": 200}, "201", "must be between 1 and 200"),
        ({"min": 1}, "0", "must be 1 or more"),
        ({"max": 4}, "5", "must be 4 or less"),
    ],
)
def test_a_number_outside_its_limits_names_them(limits: dict[str, int], typed: str, said: str) -> None:
    found = errors(read(form_of(question("members", "number", **limits)), a_members=typed))
    assert found == [f"The answer to “What is members?” {said}"]


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("", "3", "2026"), "must include a day"),
        (("3", "", ""), "must include a month and a year"),
        (("31", "2", "2026"), "must be a real date"),
        (("x", "2", "2026"), "must be a real date"),
        (("3", "smarch", "2026"), "must be a real date"),
        (("3", "2", "26"), "must have 4 numbers"),
    ],
)
def test_a_date_that_is_wrong_says_what_is_wrong_with_it(boxes: tuple[str, str, str], said: str) -> None:
    form = form_of(question("last", "date"))
    reading = read(form, day_last=boxes[0], month_last=boxes[1], year_last=boxes[2])
    assert len(errors(reading)) == 1
    assert said in errors(reading)[0]


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    reading = read(form_of(question("last", "date")), day_last="1", month_last=month, year_last="2026")
    assert reading.answers["last"].value == "2026-03-01"


def test_the_error_of_a_date_leads_to_the_first_wrong_box() -> None:
    form = form_of(question("last", "date"))
    reading = read(form, day_last="3", month_last="", year_last="2026")
    assert [link["href"] for link in error_links(form.asked, reading.errors)] == ["#last.month"]


def test_several_options_are_kept_in_the_definitions_order() -> None:
    form = form_of(question("means", "choices", options=options("post", "phone", "visit")))
    assert read(form, a_means=["visit", "post"]).answers["means"].value == "post visit"


def test_options_and_dont_know_exclude_one_another() -> None:
    form = form_of(question("means", "choices"))
    assert len(errors(read(form, a_means=["yes", "dont-know"]))) == 1
    assert read(form, a_means=["dont-know"]).answers["means"] == Answer(State.DONT_KNOW)


def test_a_typed_answer_and_a_ticked_box_exclude_one_another() -> None:
    form = form_of(question("members", "number", not_applicable=True))
    assert len(errors(read(form, a_members="3", s_members="dont-know"))) == 1
    assert len(errors(read(form, s_members=["dont-know", "not-applicable"], r_members="x"))) == 1
    assert read(form, s_members="dont-know").answers["members"] == Answer(State.DONT_KNOW)


ANSWERS = {
    "scale": ("level-2",),
    "choice": ("yes",),
    "choices": ("yes", "yes not-yet"),
    "number": ("12", "0.5", "-3"),
    "date": ("2026-03-01",),
    "text": ("Once.\n\nTwice <b>",),
}


def every(kind: str) -> list[Answer]:
    given = [Answer(State.GIVEN, value) for value in ANSWERS[kind]]
    if kind == "text":
        return [*given, BLANK, Answer(State.NOT_APPLICABLE, "", "Why.")]
    noted = [Answer(answer.state, answer.value, "Note & <more>") for answer in given]
    return [*given, *noted, BLANK, Answer(State.DONT_KNOW, "", "Hm"), Answer(State.NOT_APPLICABLE, "", "Why.")]


@pytest.mark.parametrize(("kind", "answer"), [(kind, answer) for kind in KINDS for answer in every(kind)])
def test_what_is_stored_comes_back_from_its_form_unchanged(kind: str, answer: Answer) -> None:
    made = scale_question("it", not_applicable=True) if kind == "scale" else question("it", kind, not_applicable=True)
    form = form_of(made)
    values = form.values({"it": Kept(answer, 7)})
    reading = form.read(values, ["it"])
    assert reading.answers["it"] == answer
    assert reading.editions["it"] == 7
    assert reading.changed == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_type_shows_every_answer_in_words(kind: str) -> None:
    made = scale_question("it", not_applicable=True) if kind == "scale" else question("it", kind, not_applicable=True)
    asked = form_of(made).asked[0]
    for answer in every(kind):
        shown = kind_of(asked).shown(asked, answer)
        assert shown.text
        assert shown.note == answer.comment


def test_a_question_that_the_page_did_not_show_is_left_alone() -> None:
    form = form_of(scale_question("aim"), scale_question("other"))
    reading = form.read({"v-aim": ["2"], "a-aim": ["level-1"], "a-other": ["level-1"]}, ["aim", "other"])
    assert set(reading.answers) == {"aim"}
    assert reading.editions == {"aim": 2}


def conditional() -> Questionnaire:
    return definition(
        section("first", scale_question("aim")),
        section(
            "second",
            question("channel", "choice", options=options("meeting", "letter")),
            question("letters", "number", max=9, show_if={"channel": ["letter"]}),
            question("reply", "number", show_if={"letters": ["unused"]} | {"channel": ["letter"]}),
            question("story", "text", show_if={"aim": ["level-4"], "channel": ["letter"]}),
        ),
    )


def test_a_page_shows_what_an_answer_on_it_could_open() -> None:
    made = conditional()
    answered = {"aim": Answer(State.GIVEN, "level-4")}
    assert "story" not in questions_on_page(made, made.sections[1], {})
    assert questions_on_page(made, made.sections[1], answered) == ["channel", "letters", "reply", "story"]


def test_a_wrong_answer_to_a_hidden_question_is_no_error_and_not_saved() -> None:
    made = conditional()
    form = section_form(made, "conditional", made.sections[1])
    editions = {f"v-{name}": ["0"] for name in ("channel", "letters")}
    hidden = form.read({**editions, "a-channel": ["meeting"], "a-letters": ["99"]}, ["channel", "letters"])
    assert not hidden.errors
    assert set(hidden.answers) == {"channel"}
    shown = form.read({**editions, "a-channel": ["letter"], "a-letters": ["99"]}, ["channel", "letters"])
    assert set(shown.errors) == {"letters"}


def test_texts_of_the_definition_are_shown_as_text() -> None:
    nasty = "{{ 7*7 }} <script>alert(1)</script> \N{GRINNING FACE} ŵŷ \u05d0"
    form = form_of({**scale_question("aim"), "ask": nasty, "help": nasty})
    html = form.html(["aim"], form.values({}))[0]
    assert "<script>" not in html
    (heading,) = BeautifulSoup(html, "html5lib").select("legend h2")
    assert heading.get_text() == nasty


def test_a_kept_fragment_holds_nothing_that_a_person_typed() -> None:
    form = form_of(scale_question("aim", not_applicable=True), question("story", "text"), sha256="kept")
    one = {"aim": Kept(Answer(State.GIVEN, "level-1", "Mine <&>"), 4), "story": Kept(Answer(State.GIVEN, "Secret"), 2)}
    two = {"aim": Kept(Answer(State.GIVEN, "level-1", "Yours"), 9), "story": Kept(Answer(State.GIVEN, "Other"), 2)}
    first = "".join(form.html(["aim", "story"], form.values(one)))
    second = "".join(form.html(["aim", "story"], form.values(two)))
    assert "Mine &lt;&amp;&gt;" in first
    assert 'value="4-' in first
    assert "Secret" in first
    assert "Mine" not in second
    assert "Secret" not in second
    assert 'value="9-' in second


def test_the_form_of_a_section_is_made_once() -> None:
    made = definition()
    assert section_form(made, "x", made.sections[0]) is section_form(made, "x", made.sections[0])
    assert section_form(made, "x", made.sections[0]) is not section_form(made, "y", made.sections[0])


FIELDS = st.sampled_from(["a", "s", "r", "c", "v", "day", "month", "year", "k"])
IDS = st.sampled_from(["aim", "means", "last", "members", "story", "gone"])


@given(st.dictionaries(st.tuples(FIELDS, IDS).map("-".join), st.lists(st.text(max_size=20), max_size=3), max_size=20))
def test_anything_posted_is_read_without_a_crash(posted: Mapping[str, list[str]]) -> None:
    form = form_of(
        scale_question("aim", not_applicable=True),
        question("means", "choices", not_applicable=True),
        question("last", "date", not_applicable=True),
        question("members", "number", min=1),
        question("story", "text"),
        sha256="anything",
    )
    reading = form.read(posted, [asked.id for asked in form.asked])
    assert not set(reading.answers) & set(reading.errors)
    form.html([asked.id for asked in form.asked], reading.values, reading.errors)

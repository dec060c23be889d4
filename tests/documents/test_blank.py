import pytest

from a2p.definition import catalogue
from a2p.definition.model import Questionnaire
from a2p.documents.blank import BlankOptions, blank_form, blank_html, blank_sections
from tests.builders import definition, options, question, scale_question, section
from tests.documents.pdf import findings_of, marks_outside, pages_of, smallest_letters, text_of
from tests.documents.rounds import aspire

MIXED = definition(
    section(
        "a",
        scale_question("first", not_applicable=True, help="Think of last year."),
        question("pick", "choice", show_if={"first": ["level-3", "level-4"]}, dont_know=False),
        question("many", "choices", options=options("red", "green")),
        question("count", "number", min=1, max=40, unit="people"),
        question("when", "date"),
        question("why"),
    ),
    section("wards", answered_by=["councillors"]),
    section("bodies", answered_by=["partners"]),
    section("facts", question("members", "number", min=0), answered_by=["coordinator"]),
)


@pytest.fixture(scope="module")
def form() -> bytes:
    return blank_form(aspire())


def test_the_same_definition_gives_the_same_bytes(form: bytes) -> None:
    assert blank_form(aspire()) == form


def test_every_question_with_every_descriptor_stands_in_the_form(form: bytes) -> None:
    text = text_of(form)
    for asked in (q for s in aspire().sections for q in s.scale_questions):
        assert " ".join(asked.ask.split()[:5]) in text
        for descriptor in asked.levels.values():
            assert " ".join(descriptor.split()[:5]) in text


def test_it_says_how_to_answer_who_sees_what_and_where_to_return_it(form: bytes) -> None:
    first = " ".join(pages_of(form)[0].split())
    assert "How to answer" in first
    assert "Who will see what" in first
    assert "never “secret”" in first
    assert "Please return this form" in first


def test_a_question_never_breaks_over_a_page(form: bytes) -> None:
    pages = [" ".join(text.split()) for text in pages_of(form)]
    for asked in (q for s in aspire().sections for q in s.scale_questions):
        last = next(reversed(asked.levels.values()))
        (at,) = {k for k, text in enumerate(pages) if " ".join(asked.ask.split()[:5]) in text}
        assert " ".join(last.split()[:5]) in pages[at]


def test_the_facts_are_a_sheet_of_their_own_at_the_end_for_the_coordinator(form: bytes) -> None:
    pages = pages_of(form)
    at = next(k for k, text in enumerate(pages) if "The coordinator’s own sheet" in text)
    assert all("6.1" not in text.split() for text in pages[:at])
    assert "6.1" in pages[at]


@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("name", [d.questionnaire for d in catalogue.all_definitions()])
def test_nothing_leaves_the_column_in_any_questionnaire(name: str, large_print: bool) -> None:
    html = blank_html(catalogue.read(name), BlankOptions(large_print=large_print))
    sheets = ("blank.css", "large.css", "blank_large.css") if large_print else ("blank.css",)
    assert marks_outside(html, sheets) == []


@pytest.mark.parametrize("large_print", [False, True])
def test_the_checker_has_no_findings(large_print: bool) -> None:
    assert findings_of(blank_form(MIXED, BlankOptions(large_print=large_print))) == []


def test_no_text_is_smaller_than_eight_points_or_sixteen_in_large_print(form: bytes) -> None:
    assert smallest_letters(form) >= 7.99
    assert smallest_letters(blank_form(MIXED, BlankOptions(large_print=True))) >= 15.99


@pytest.mark.parametrize("asked", catalogue.all_definitions(), ids=lambda asked: asked.questionnaire)
def test_where_to_return_the_form_stands_on_its_first_page(asked: Questionnaire) -> None:
    assert "Please return this form" in pages_of(blank_form(asked))[0]


def test_states_are_offered_only_where_the_question_offers_them() -> None:
    asked = blank_sections(MIXED)[0].questions
    assert (asked[0].dont_know, asked[0].not_applicable) == (True, True)
    assert (asked[1].dont_know, asked[1].not_applicable) == (False, False)
    assert (asked[5].kind, asked[5].dont_know) == ("text", False)
    assert "Not applicable, because" in text_of(blank_form(MIXED))


def test_a_question_that_depends_on_another_says_when_to_answer_it() -> None:
    assert blank_sections(MIXED)[0].questions[1].only_if == "Answer this only if you chose Level 3 or Level 4 at 1.1."


def test_sections_say_for_whom_they_are() -> None:
    whom = [made.whom for made in blank_sections(MIXED)]
    assert whom[1] == "For councillors only. If you are not a councillor, leave this part out."
    assert whom[2] == "Not for councillors. If you answer as a councillor, leave this part out."
    assert {made.whom for made in blank_sections(aspire())[:5]} == {""}


@pytest.mark.parametrize(
    ("limits", "hint"),
    [
        ({"min": 1, "max": 40, "unit": "people"}, "A number from 1 to 40 people"),
        ({"min": 1}, "A number, 1 or more"),
        ({"max": 9, "unit": "days"}, "A number, 9 days or less"),
        ({"unit": "days"}, "A number of days"),
        ({}, "A number"),
    ],
)
def test_numbers_say_their_limits_and_unit(limits: dict[str, object], hint: str) -> None:
    made = definition(section("a", scale_question("s"), question("n", "number", **limits)))
    assert blank_sections(made)[0].questions[1].hint == hint


def test_texts_are_shown_as_text() -> None:
    odd = "{{ 7*7 }} <b>bold</b> 😀 ŵ ŷ"
    text = text_of(blank_form(definition(section("a", scale_question("q", ask=odd)), title=odd)))
    assert text.count("{{ 7*7 }} <b>bold</b>") >= 2


def test_in_large_print_the_foot_of_the_page_names_the_questionnaire() -> None:
    large = pages_of(blank_form(MIXED, BlankOptions(large_print=True)))
    assert all("Sample version 1" in page for page in large)


def test_only_an_open_rounds_form_says_that_organisations_are_named() -> None:
    for is_open in (False, True):
        html = blank_html(MIXED, BlankOptions(is_open=is_open))
        assert ("This is an open round." in html) == is_open
        assert ("Nobody is shown what one person answered" in html) != is_open

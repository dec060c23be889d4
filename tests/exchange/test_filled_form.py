"""A form that was filled in reads back as it was filled in; anything else gets a clear answer and is not taken."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name, Pdf, String

from a2p.definition.canonical import sha256
from a2p.definition.form_fields import FormMark, fields_of, partners_questions
from a2p.exchange import pdf_fields, pdf_form
from a2p.exchange.filled_answers import filled_answers
from a2p.exchange.filled_form import refuse_other
from a2p.exchange.pdf_form import FormError, read_form
from a2p.scoring.answers import Answer, State
from tests.builders import definition, question, scale_question, section
from tests.exchange.filling import EVERY_TYPE, Filler, by_hand, by_pikepdf, by_pypdf, changed, read_here, said

FILLED = {
    "organisation": "Fenland health",
    "sector": "health",
    "councillor": "no",
    "a-first": "level-3",
    "c-first": "Line one\nand two: ŵ £5 “so”",
    "a-pick": "not-yet",
    "a-many_red": "red",
    "a-many_blue": "blue",
    "a-count": "1,250",
    "day-when": "3",
    "month-when": "March",
    "year-when": "2026",
    "a-why": "Because.",
    "a-sat": "level-11",
}
ANSWERS = {
    "first": Answer(State.GIVEN, "level-3", "Line one\nand two: ŵ £5 “so”"),
    "pick": Answer(State.GIVEN, "not-yet"),
    "many": Answer(State.GIVEN, "red blue"),
    "count": Answer(State.GIVEN, "1250"),
    "when": Answer(State.GIVEN, "2026-03-03"),
    "why": Answer(State.GIVEN, "Because."),
    "sat": Answer(State.GIVEN, "level-11"),
}
ORDER = [asked.id for asked in partners_questions(EVERY_TYPE)]


def wrong_with(form: bytes, filled: Mapping[str, str]) -> Mapping[str, str]:
    return filled_answers(EVERY_TYPE, said(_values_alone(form, filled), EVERY_TYPE), councillor=False).wrong


def refused(data: bytes) -> str:
    with pytest.raises(FormError) as caught:
        read_form(data)
    return str(caught.value)


@pytest.mark.parametrize("fill", [by_pypdf, by_pikepdf, by_hand])
def test_what_any_program_fills_in_reads_back_as_it_was_filled_in(form: bytes, fill: Filler) -> None:
    filled = said(fill(form, FILLED), EVERY_TYPE)
    found = filled_answers(EVERY_TYPE, filled, councillor=False)
    assert (filled.unclear, found.wrong, found.blank, found.not_asked) == ({}, {}, (), ())
    assert found.answers == ANSWERS
    assert (filled.about.organisation, filled.about.sector) == ("Fenland health", "health")
    assert (filled.about.councillor, filled.about.councillor_said) == (None, True)


@pytest.mark.parametrize("fill", [by_pypdf, by_pikepdf, by_hand])
def test_a_tick_is_seen_on_the_page(form: bytes, fill: Filler) -> None:
    def ink(pdf: bytes) -> list[int]:
        document = pypdfium2.PdfDocument(pdf)
        document.init_forms()
        shown = [page.render(scale=1, grayscale=True, may_draw_forms=True) for page in document]
        return [sum(255 - dot for dot in bytes(bitmap.buffer)) for bitmap in shown]

    plain, ticked = ink(form), ink(fill(form, {"a-first": "level-2", "a-many_green": "green"}))
    assert [more - less > 2000 for more, less in zip(ticked, plain, strict=True)] == [False, True, False]


def test_it_is_read_apart_as_it_is_here(form: bytes) -> None:
    filled = by_pypdf(form, FILLED)
    assert read_form(filled) == read_here(filled)
    assert read_form(filled).mark == FormMark("sample", 1, sha256(EVERY_TYPE))


def _answer_of(choose: st.DataObject, asked: str) -> dict[str, str]:
    """What one question may be filled in with, in fields; nothing for a blank."""
    fields = fields_of(EVERY_TYPE, EVERY_TYPE.question(asked))
    filled: dict[str, str] = {}
    for each in fields:
        if each.kind == "one" and choose.draw(st.booleans()):
            filled[each.name] = choose.draw(st.sampled_from(each.values))
        if each.kind == "tick" and each.values[0] not in {"dont-know", "not-applicable"} and choose.draw(st.booleans()):
            filled[each.name] = each.values[0]
    if asked == "first" and choose.draw(st.booleans()):
        filled["c-first"] = choose.draw(_WORDS)
    if asked == "count" and choose.draw(st.booleans()):
        filled["a-count"] = str(choose.draw(st.integers(1, 40_000)))
    if asked == "when" and choose.draw(st.booleans()):
        day = choose.draw(st.dates())
        filled |= {"day-when": str(day.day), "month-when": str(day.month), "year-when": f"{day.year:04}"}
    if asked == "why" and choose.draw(st.booleans()):
        filled["a-why"] = choose.draw(_WORDS)
    return filled


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn")), min_size=1, max_size=60).filter(
    lambda text: text == text.strip() != ""
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choose=st.data())
def test_whatever_is_filled_in_reads_back(form: bytes, choose: st.DataObject) -> None:
    filled = {name: value for asked in ORDER for name, value in _answer_of(choose, asked).items()}
    read = read_here(_values_alone(form, filled))
    back = {name: text for name, text in read.texts.items() if name in filled}
    ticks = {name: ticked[0] for name, ticked in read.ticked.items() if ticked}
    assert back | ticks == filled
    found = filled_answers(EVERY_TYPE, said(_values_alone(form, filled), EVERY_TYPE), councillor=False)
    assert set(found.wrong) <= {"first"}  # a comment alone is none; "not applicable" may stand without a reason
    given_ = {asked for asked in ORDER if any(name.endswith(f"-{asked}") or f"-{asked}_" in name for name in filled)}
    assert given_ == set(found.answers)


def _values_alone(form: bytes, filled: Mapping[str, str]) -> bytes:
    """Filled in as by a program that draws nothing itself."""

    def put(_document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        for name, value in filled.items():
            fields[name].V = String(value) if Name.Tx == fields[name].FT else Name(f"/{value}")

    return changed(form, put)


@pytest.mark.parametrize(
    ("filled", "question_", "what"),
    [
        ({"a-count": "a dozen"}, "count", '"a dozen" is not a number'),
        ({"a-count": "0"}, "count", '"0" is not a number from 1 up to 40,000'),
        ({"a-count": "3", "s-count_dont-know": "dont-know"}, "count", "an answer is given, and Don’t know is ticked"),
        ({"day-when": "31", "month-when": "2", "year-when": "2026"}, "when", '"31 2 2026" is not a whole date'),
        ({"day-when": "3", "year-when": "2026"}, "when", '"3 2026" is not a whole date'),
        ({"day-when": "3", "month-when": "3", "year-when": "26"}, "when", '"3 3 26" is not a whole date'),
        ({"a-why": "x" * 5001}, "why", "the answer has 5,001 characters; the most is 5,000"),
        ({"c-first": "x" * 5001}, "first", "the comment has 5,001 characters"),
        ({"a-first": "level-1", "r-first": "Too new."}, "first", "but that box is not ticked"),
        ({"a-many_red": "red", "a-many_dont-know": "dont-know"}, "many", "Don’t know is ticked"),
        ({"a-many_not-applicable": "not-applicable", "a-many_dont-know": "dont-know"}, "many", "both boxes are ticked"),
    ],
)
def test_an_answer_that_makes_no_sense_is_named_with_what_was_written(
    form: bytes, filled: dict[str, str], question_: str, what: str
) -> None:
    wrong = wrong_with(form, filled)
    assert list(wrong) == [question_]
    assert what in wrong[question_]


def test_two_levels_ticked_are_said_and_neither_is_taken(form: bytes) -> None:
    def tick_twice(_document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["a-first"].V = Name("/level-2")
        fields["a-first"].Kids[3].AS = Name("/level-4")

    filled = said(changed(form, tick_twice), EVERY_TYPE)
    assert filled.unclear == {"first": "more than one answer is ticked: Level 2, Level 4"}
    assert not filled.values.get("a-first")


def test_a_tick_that_is_not_offered_is_not_taken(form: bytes) -> None:
    def invent(_document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["a-first"].V = Name("/level-9")
        fields["sector"].V = Name("/guild")

    filled = said(changed(form, invent), EVERY_TYPE)
    assert filled.unclear == {"first": 'a tick that this form doesn’t offer: "level-9"'}
    assert filled.about.sector is None
    assert filled.about.unclear


def test_a_half_filled_form_says_what_is_left_blank_and_what_was_not_asked(form: bytes) -> None:
    filled = said(by_pikepdf(form, {"a-first": "level-1", "a-heard": "level-2", "a-why": "So."}), EVERY_TYPE)
    as_partner = filled_answers(EVERY_TYPE, filled, councillor=False)
    assert as_partner.blank == ("many", "count", "when", "sat")  # 1.2 is asked only of who chose more at 1.1
    assert as_partner.not_asked == ("heard",)
    as_councillor = filled_answers(EVERY_TYPE, filled, councillor=True)
    assert (as_councillor.blank, as_councillor.not_asked) == ((), ("first", "why"))


def _printed() -> bytes:
    out = io.BytesIO()
    with Pdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


def test_what_is_no_form_of_ours_says_what_it_is(form: bytes) -> None:
    assert refused(b"") == "the file is empty"
    assert refused(b"Name;Answer\n") == "this is not a PDF file"
    assert "no fields to read" in refused(_printed())
    assert "is damaged" in refused(form[: len(form) // 2])
    assert refused(b"%PDF-1.7\n" + b" " * pdf_form.MOST_BYTES).startswith("the file has 5.0 megabytes")


def test_a_form_that_was_flattened_is_known_for_ours(form: bytes) -> None:
    def flatten(document: Pdf, _fields: object) -> None:
        document.flatten_annotations()

    assert "printed or flattened" in refused(changed(form, flatten))


def test_a_form_of_somebody_else_is_not_taken(form: bytes) -> None:
    def rename(document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        del document.docinfo["/A2PForm"]
        fields["a2p-form"].V = String("Tax return")

    assert refused(changed(form, rename)) == "it is a form, but not one of ours"


def test_a_form_is_known_where_a_program_dropped_its_properties(form: bytes) -> None:
    def drop(document: Pdf, _fields: object) -> None:
        del document.docinfo["/A2PForm"]

    assert read_here(changed(form, drop)).mark.questionnaire == "sample"


def test_a_form_that_names_itself_in_two_ways_is_not_taken(form: bytes) -> None:
    def rename(_document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["a2p-form"].V = String(str(FormMark("aspire", 1, "0" * 64)))

    assert "in two ways" in refused(changed(form, rename))


def test_a_form_under_a_password_says_so(form: bytes) -> None:
    for password in ("", "secret"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(form)) as document:
            document.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
        assert "protected by a password" in refused(out.getvalue())


def test_a_form_with_a_page_taken_out_says_which_questions_are_gone(form: bytes) -> None:
    def tear_out(document: Pdf, _fields: object) -> None:
        fields = document.Root.AcroForm.Fields
        keep = [each for each in fields if str(each.T) not in {"a-heard", "c-sat"}]
        document.Root.AcroForm.Fields = pikepdf.Array(keep)

    with pytest.raises(FormError, match=r"no fields for 2\.1, 3\.1"):
        said(changed(form, tear_out), EVERY_TYPE)


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        (FormMark("aspire", 1, "0" * 64), "another questionnaire, aspire, and not of Sample"),
        (FormMark("sample", 3, "0" * 64), "a newer version of Sample: version 3, and version 2 is asked"),
        (FormMark("sample", 1, "0" * 64), "an older version of Sample: version 1, and version 2 is asked"),
        (FormMark("sample", 2, "0" * 64), "its questions are not those of that version here"),
        (FormMark("sample", 2, "1" * 64, round_id=4), "made for another round"),
    ],
)
def test_a_form_of_anything_else_than_is_asked_says_which(mark: FormMark, what: str) -> None:
    with pytest.raises(FormError, match=what):
        refuse_other(mark, definition(version=2), {"1" * 64}, round_id=5)


def test_a_form_for_any_round_and_one_for_this_round_are_taken() -> None:
    for round_id in (0, 5):
        refuse_other(FormMark("sample", 1, "1" * 64, round_id), definition(), {"1" * 64}, round_id=5)


def test_a_form_of_another_installations_round_with_the_same_number_is_refused() -> None:
    theirs = FormMark("sample", 1, "1" * 64, 5, "ab" * 8)
    with pytest.raises(FormError, match="it was made on another site"):
        refuse_other(theirs, definition(), {"1" * 64}, round_id=5, site="cd" * 8)
    refuse_other(theirs, definition(), {"1" * 64}, round_id=5, site="ab" * 8)
    refuse_other(FormMark("sample", 1, "1" * 64, 5), definition(), {"1" * 64}, round_id=5, site="cd" * 8)


def test_scripts_and_attachments_are_left_alone(form: bytes) -> None:
    def burden(document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        script = pikepdf.Dictionary(S=Name.JavaScript, JS=String("app.alert('boo')"))
        document.Root.OpenAction = script
        fields["a-why"].AA = pikepdf.Dictionary(K=script)
        document.attachments["x.exe"] = b"MZ"

    assert read_here(changed(form, burden)) == read_here(form)


def _bomb(size: int) -> bytes:
    """A small PDF whose table of objects unpacks to `size` bytes."""
    part, packer = b"\0" * 10_000_000, zlib.compressobj(9)
    first = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (size // len(part))
    head = b"%PDF-1.5\n"
    table = (
        b"1 0 obj\n<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length "
        + str(len(packed)).encode()
        + b">>\nstream\n"
        + packed
        + b"\nendstream\nendobj\n"
    )
    return head + table + f"startxref\n{len(head)}\n%%EOF\n".encode()


def test_a_bomb_ends_the_process_that_reads_it_and_nothing_else() -> None:
    bomb = _bomb(1_200_000_000)
    assert len(bomb) < pdf_form.MOST_BYTES
    assert refused(bomb) in {pdf_form.DAMAGED, "there is more in the file than in any form of ours"}


def test_a_form_that_leads_in_circles_ends(form: bytes) -> None:
    def circle(_document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        fields["a-first"].Kids = pikepdf.Array([fields["a-first"], fields["a-pick"]])

    assert pdf_fields.read(changed(form, circle)) == {"refused": "too much"}


def test_more_fields_than_any_form_has_are_not_looked_through(form: bytes) -> None:
    def multiply(document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        document.Root.AcroForm.Fields = pikepdf.Array([fields["a-why"]] * (pdf_fields.MOST_FIELDS + 1))

    assert pdf_fields.read(changed(form, multiply)) == {"refused": "too much"}


def test_a_field_that_stands_there_twice_is_not_guessed_at(form: bytes) -> None:
    def repeat(document: Pdf, fields: dict[str, pikepdf.Object]) -> None:
        document.Root.AcroForm.Fields.append(fields["a-why"])

    with pytest.raises(FormError, match="a-why stands in it twice"):
        read_here(changed(form, repeat))


def test_every_field_of_the_form_is_known_and_named_aloud(form: bytes) -> None:
    wanted = {each.name for asked in partners_questions(EVERY_TYPE) for each in fields_of(EVERY_TYPE, asked)}
    beside = {"organisation", "sector", "return-to", "return-by", "a2p-form", "councillor"}
    with pikepdf.open(io.BytesIO(form)) as document:
        fields = list(document.Root.AcroForm.Fields)
        assert {str(field.T) for field in fields} == wanted | beside
        boxes = [box for field in fields for box in (field.Kids if "/Kids" in field else [field])]
        assert all(str(each.TU) for each in [*fields, *boxes])
        assert {str(page.Tabs) for page in document.pages} == {"/S"}
        assert "/JavaScript" not in str(document.Root.keys())


def test_levels_from_two_to_eleven_are_offered_and_read(form: bytes) -> None:
    for levels in range(2, 12):
        asked = definition(section("a", scale_question("q", levels=levels)))
        (field, comment) = fields_of(asked, asked.question("q"))
        assert field.values == (*(f"level-{k}" for k in range(1, levels + 1)), "dont-know")
        assert comment.name == "c-q"
    read = read_here(by_pikepdf(form, {"a-heard": "level-2", "a-sat": "level-11"})).ticked
    assert (read["a-heard"], read["a-sat"]) == (("level-2",), ("level-11",))


def test_marks_are_read_as_they_are_written_and_nothing_else_is_a_mark() -> None:
    mark = FormMark("place-shaping", 12, "ab" * 32, 7)
    assert FormMark.read(str(mark)) == mark
    assert FormMark.read(str(replace(mark, site="0f" * 8))) == replace(mark, site="0f" * 8)
    for text in ("", "a2p form 2; x", str(mark) + " ", str(mark).upper(), str(question("x"))):
        assert FormMark.read(text) is None

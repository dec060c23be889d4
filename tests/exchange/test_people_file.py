"""Lists of partners in and out: what is read, what is refused and where, and that what goes out comes back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from a2p.exchange.list_file import MOST_ROWS
from a2p.exchange.people_file import PeopleFile, read_people
from a2p.exchange.people_out import people_csv, people_xlsx
from a2p.scoring.answers import Councillor, Layer, Sector
from a2p.scoring.partners import COUNCILLOR_NAMES, LAYER_NAMES, SECTOR_NAMES, ListedPerson, normal_email, one_line

HEADER = "name,email,organisation,sector,councillor,layer"


def csv(*lines: str, header: str = HEADER) -> PeopleFile:
    return read_people("\n".join((header, *lines)).encode())


def book(*rows: Sequence[object], merge: str = "", hidden: bool = False) -> bytes:
    """A workbook as a coordinator may have made it; `hidden` puts a hidden sheet before the table."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    if hidden:
        sheet.sheet_state = "hidden"
        sheet.append(["not", "for", "reading"])
        sheet = made.create_sheet("Partners")
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def said(found: PeopleFile) -> list[str]:
    return [str(problem) for problem in found.problems]


# What is read


def test_a_row_is_a_person_of_an_organisation() -> None:
    found = csv("Ann Orchard,Ann@Example.ORG,Fen Police,police,,board", "Ben,,Fen Council,district-council,executive,")
    assert found.problems == ()
    assert found.people == (
        ListedPerson(2, "Ann Orchard", "Fen Police", "ann@example.org", "police", "", "board"),
        ListedPerson(3, "Ben", "Fen Council", None, "district-council", "executive", ""),
    )


TITLES = {"aspire": "Aspire: structure and governance", "perform": "Perform: delivery"}


def asked(cell: str) -> PeopleFile:
    return read_people(f'name,organisation,asked\nAnn,Fen Trust,"{cell}"'.encode(), TITLES)


def test_questionnaires_are_listed_by_id_or_title_and_none_means_whatever_fits() -> None:
    listed = [each.asks for cell in ("perform; ASPIRE", "Perform: Delivery", "") for each in asked(cell).people]
    assert listed == ["aspire perform", "perform", ""]


def test_a_questionnaire_that_is_not_there_is_told_with_the_nearest() -> None:
    (problem,) = asked("aspire; Preform: delivery").problems
    assert problem.column == "column C (questionnaires)"
    assert "there is no questionnaire" in problem.what
    assert "Perform: delivery" in problem.what


def test_headers_and_words_may_be_written_as_people_write_them() -> None:
    found = csv(
        "Ann ;  ann@example.org; Fen  Trust;Voluntary and Community;Yes, an executive councillor;Theme group",
        header="Full name;E-mail Address ;ORGANIZATION;Sector*;Councillor;Layer",
    )
    assert found.problems == ()
    assert found.people == (
        ListedPerson(2, "Ann", "Fen Trust", "ann@example.org", "voluntary-community", "executive", "theme-group"),
    )


def test_a_column_that_is_not_there_says_nothing_and_an_empty_cell_says_no() -> None:
    (bare,) = csv("Ann,Fen Trust", header="name,organisation").people
    (empty,) = csv("Ann,,Fen Trust,,,").people
    assert (bare.councillor, bare.layer) == (None, None)
    assert (empty.councillor, empty.layer, empty.email, empty.sector) == ("", "", None, None)


def test_an_organisation_may_stand_alone() -> None:
    (only,) = csv(",,Fen Trust,Health,,").people
    assert (only.name, only.organisation, only.sector) == ("", "Fen Trust", "health")


def test_columns_that_nobody_reads_are_named_and_left_alone() -> None:
    found = csv("Ann,Fen Trust,01234,x,y", header="name,organisation,Phone,,")
    assert found.unread == ("Phone (column C)", "no name (column D)", "no name (column E)")
    assert (found.people[0].name, found.problems) == ("Ann", ())


def test_rows_without_a_person_or_organisation_are_passed_over() -> None:
    found = read_people(book(["Name", "Organisation", "Phone"], [], ["Ann", "Fen"], [None, None, "spare"]))
    assert ([each.row for each in found.people], found.problems) == ([3], ())


def test_a_workbook_is_read_like_a_csv_file() -> None:
    found = read_people(book(["Name", "E-mail", "Organisation"], ["Ann", "ann@example.org", 1625], hidden=True))
    assert found.people == (ListedPerson(2, "Ann", "1625", "ann@example.org"),)


# What is refused, and where


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("Ann,ann@,Fen,health,,", 'row 2, column B (email): "ann@" is not an e-mail address'),
        ("Ann,,,health,,", "row 2, column C (organisation): no organisation"),
        (",ann@example.org,Fen,health,,", "row 2, column A (name): no name"),
        (",,Fen,health,executive,", "row 2, column A (name): no name"),
        ("Ann,,Fen,helth,,", 'row 2, column D (sector): "helth" is not known (did you mean "Health"?)'),
        ("Ann,,Fen,health,mayor,", 'row 2, column E (councillor): "mayor" is not known'),
        ("Ann,,Fen,health,,attic", 'row 2, column F (layer): "attic" is not known'),
        (f"{'x' * 201},,Fen,health,,", "row 2, column A (name): 201 characters; the most is 200"),
        ("Ann,Fen", "row 2: 2 cells where the header has 6"),
    ],
)
def test_an_error_is_told_with_its_row_and_column(line: str, error: str) -> None:
    found = csv(line, "Good,good@example.org,Fen,health,,")
    assert [text[: len(error)] for text in said(found)] == [error]
    assert [person.name for person in found.people] == ["Good"]


def test_every_error_of_a_row_is_told() -> None:
    assert [problem.column for problem in csv("Ann,ann,,nowhere,,").problems] == [
        "column B (email)",
        "column C (organisation)",
        "column D (sector)",
    ]


@pytest.mark.parametrize(
    ("header", "error"),
    [
        ("email,organisation", 'row 1: missing column "name"'),
        ("first,second", 'row 1: missing columns "name", "organisation"'),
        ("name,organisation,e-mail,Email address", 'row 1: column "email" stands there twice'),
    ],
)
def test_a_header_that_can_not_be_read_is_one_error(header: str, error: str) -> None:
    assert said(csv(",".join("abcd"), header=header))[:1] == [error]
    cells = header.split(",")
    assert said(read_people(book(cells, ["a"] * len(cells)))) == [error]


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("=A1", "a formula: put the text there that it shows"),
        (date(2026, 3, 1), "a date or time where a text belongs: format the cell as text and type it again"),
        ("#N/A", "the error #N/A"),
    ],
)
def test_a_workbooks_cell_that_is_no_text_is_refused_where_it_stands(cell: object, error: str) -> None:
    found = read_people(book(["name", "organisation", "sector", "phone"], ["Ann", cell, "Health", "=1+1"]))
    assert f"row 2, column B (organisation): {error}" in said(found)
    assert not any("column D" in text for text in said(found))


def test_merged_cells_are_named_as_the_reason() -> None:
    found = read_people(book(["name", "organisation"], ["Ann", "Fen"], ["Ben", None], merge="B2:B3"))
    assert said(found) == [
        "row 3, column B (organisation): no organisation (of merged cells only the first has a text: unmerge them)"
    ]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "the file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "the file is an old Excel workbook (XLS)"),
        (b"%PDF-1.7 ...", "the file is neither a spreadsheet in XLSX nor a CSV file"),
        (b"PK\x03\x04 and then nothing", "the file is damaged"),
        (b"name,organisation\n", "the file has a header and no rows"),
        (b"x" * (1024 * 1024 + 1), "the file is larger than 1,024 kilobytes"),
        ("name,organisation\nZoë,Fen".encode("latin-1"), "row 2: byte 3 (0xEB) is not UTF-8"),
    ],
)
def test_what_is_no_list_gets_a_clear_answer(data: bytes, error: str) -> None:
    found = read_people(data)
    assert found.people == () or "UTF-8" in error
    assert said(found)[0].startswith(error)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (zipped(content=b"<office/>"), "this is not a spreadsheet in XLSX"),
        (zipped(xl__workbook=b" " * 17 * 1024 * 1024), "the workbook unpacks to too much"),
        (zipped(xl__workbook=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "the workbook declares what no spreadsheet"),
        (zipped(xl__workbook=b"<x/>"), "the workbook is damaged"),
    ],
)
def test_a_workbook_made_to_harm_is_refused_before_it_is_read(data: bytes, error: str) -> None:
    assert said(read_people(data))[0].startswith(error)


def test_a_sheet_may_not_claim_any_number_of_rows() -> None:
    plain = book(["name", "organisation"], ["Ann", "Fen"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as there, zipfile.ZipFile(out, "w") as made:
        for part in there.namelist():
            text = (
                there.read(part)
                .replace(b'<row r="2"', b'<row r="1048576"')
                .replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
            )
            made.writestr(part, text.replace(b'"A2"', b'"A1048576"').replace(b'"B2"', b'"B1048576"'))
    assert said(read_people(out.getvalue())) == ["the sheet goes on below row 20,000: delete the rows under the table"]


@pytest.mark.parametrize("write", [people_csv, people_xlsx])
def test_a_list_may_have_two_thousand_rows_and_no_more(write: object) -> None:
    assert callable(write)
    most = [ListedPerson(0, f"Person {number}", "Fen") for number in range(MOST_ROWS)]
    assert len(read_people(write(most)).people) == MOST_ROWS
    assert "more than 2," in said(read_people(write([*most, most[0]])))[0]


# Out and in again

_texts = st.text(max_size=40).map(one_line) | st.sampled_from(
    ["=1+1", "'=1", "''+2", "@cmd", "-", "+44", "' -x", "_x0041_", "a;b", 'say "hi"', "Ŵ, É", "no", "Executive"]
)
_names = _texts.filter(bool)
_emails = st.none() | st.integers(0, 99).map(lambda number: f"+person{number}@example.org")
_people = st.builds(
    ListedPerson,
    row=st.just(0),
    name=_names,
    organisation=_names,
    email=_emails,
    sector=st.none() | st.sampled_from(get_args(Sector)),
    councillor=st.sampled_from(["", *get_args(Councillor)]),
    layer=st.sampled_from(["", *get_args(Layer)]),
)


@given(st.lists(_people, min_size=1, max_size=6))
def test_what_is_written_is_read_back_as_it_was(people: list[ListedPerson]) -> None:
    for written in (people_csv(people), people_xlsx(people)):
        found = read_people(written)
        assert found.problems == ()
        assert [_content(person) for person in found.people] == [_content(person) for person in people]


def _content(person: ListedPerson) -> tuple[object, ...]:
    return (person.name, person.organisation, person.email, person.sector, person.councillor, person.layer)


@given(st.lists(_people, max_size=4))
def test_no_cell_is_a_formula(people: list[ListedPerson]) -> None:
    sheet = load_workbook(io.BytesIO(people_xlsx(people))).worksheets[0]
    texts = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" and not str(cell.value).startswith(("=", "+", "-", "@", "\t")) for cell in texts)
    for line in people_csv(people).decode("utf-8-sig").split("\r\n")[1:]:
        assert not line.strip('"').startswith(("=", "+", "-", "@"))


def test_the_empty_list_offers_the_sectors_to_choose_from() -> None:
    sheet = load_workbook(io.BytesIO(people_xlsx([]))).worksheets[0]
    (sectors,) = [each for each in sheet.data_validations.dataValidation if "D2" in str(each.sqref)]
    assert "Voluntary and community" in str(sectors.formula1)
    assert [cell.value for cell in sheet[1]][:3] == ["Name", "Email", "Organisation"]


def test_every_sector_and_layer_has_a_name() -> None:
    assert set(SECTOR_NAMES) == set(get_args(Sector))
    assert set(COUNCILLOR_NAMES) == set(get_args(Councillor))
    assert set(LAYER_NAMES) == set(get_args(Layer))


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    for file in (data, b"PK" + data, b"name,organisation\n" + data):
        found = read_people(file)
        assert found.problems or found.people


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Ann.Orchard@Example.ORG ", "ann.orchard@example.org"), ("a@bücher.example.org", "a@xn--bcher-kva.example.org")],
)
def test_an_address_is_kept_in_small_letters(typed: str, kept: str) -> None:
    assert normal_email(typed) == kept

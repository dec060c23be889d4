"""A region's snapshot out, as JSON, CSV or XLSX, with what each column means.

Figures of groups alone, of no partnership by itself. What is withheld says so and why, with its other cells empty; it
is never written as zero. Texts never become formulas.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from a2p.exchange.sheets_out import Cell, Row, Sheet, csv_file, workbook
from a2p.region.snapshot import (
    Figures,
    Group,
    LeftOut,
    Picture,
    QuestionCell,
    SectionCell,
    Snapshot,
    Withheld,
)
from a2p.region.snapshot_file import snapshot_hash
from a2p.scoring.rounding import six_places

Columns: TypeAlias = Mapping[str, str]

_WHERE: Columns = {
    "questionnaire": "The questionnaire’s id",
    "questionnaire_title": "Its title",
    "version": "The newest version that is counted",
    "answered": "apart (partners each for themselves) or together (one response); the two share no figure",
    "group_by": "all, kind or area: what the partnerships of the group have in common",
    "group": "The group’s id: empty for all, the kind, or the number of the county area",
    "group_title": "What the group is called",
}
_HALF: Columns = {
    "median": "The middle score, 0 to 100; of an even number the mean of the two in the middle",
    "lower_quartile": "The median of the lower half, without the median itself; empty below eight partnerships",
    "upper_quartile": "The median of the upper half, likewise",
}
FIGURES: Columns = {
    **_WHERE,
    "counted": "Partnerships of the group that are counted",
    "section": "The section’s id",
    "section_title": "Its title",
    "partnerships": "Those of them with a score for the section; empty where even that may not be told",
    "withheld": "few (fewer than five partnerships), or subtraction (with other figures, or ones that the region was "
    "given before, it would tell of fewer than five); then all that follows is empty",
    **_HALF,
    "below_50": "Partnerships whose score is below 50",
    "wide": "Partnerships whose partners disagree widely on the section",
    "knowledge_gaps": "Partnerships in which many don’t know on a question of the section, or on several",
}
QUESTIONS: Columns = {
    **_WHERE,
    "section": "The id of the section in which the question stands",
    "question": "The question’s id",
    "ask": "The question as it is asked",
    "partnerships": "Partnerships of the group that released question scores by name",
    "withheld": "few (fewer than five partnerships); then all that follows is empty",
    **_HALF,
}
LEFT_OUT: Columns = {
    "questionnaire": "The questionnaire’s id",
    "reason": "no-round: no round was closed in the period. not-released: it was not released to the region’s figures. "
    "partial: fewer than four in ten of the organisations invited had answered. other-bands: an earlier version was "
    "answered, whose bands differ. subtraction: counted now, it would let a smaller group’s figures be worked out",
    "partnerships": "Partnerships that are not counted for this reason",
}
SNAPSHOT: Columns = {
    "region": "The region",
    "snapshot": "What the snapshot is called",
    "made": "The day on which it was made",
    "since": "The first day of the period in which rounds closed",
    "until": "Its last day",
    "kind": "The kind of partnership that it is of; empty for all",
    "area": "The number of the county area that it is of; empty for all",
    "partnerships": "Partnerships in its scope, whatever they released",
    "invented": "“yes” where the partnerships are invented",
    "sha256": "The SHA-256 of the snapshot",
}
_BAND = "Partnerships in this band, the lowest first; its id and label are in the sheet Bands"
BANDS: Columns = {
    "questionnaire": "The questionnaire’s id",
    "answered": "apart or together",
    "band": "The number of the band, 1 for the lowest",
    "id": "Its id",
    "label": "What it is called",
    "start": "The score from which on it is, 0 to 100",
}
DICTIONARY = ("sheet", "column", "meaning")


def snapshot_json(snapshot: Snapshot) -> bytes:
    """One JSON object: the head of the snapshot, a list for each sheet, and what every key means."""
    document: dict[str, object] = dict(_head(snapshot))
    for name, columns, rows in _sheets(snapshot):
        if name != "Snapshot":
            document[name.lower().replace(" ", "_")] = [{key: row.get(key) for key in columns} for row in rows]
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def figures_csv(snapshot: Snapshot) -> bytes:
    """A row for each section of each group, in UTF-8 with the mark by which spreadsheet programs know it."""
    return csv_file(list(figure_columns(snapshot)), figure_rows(snapshot))


def questions_csv(snapshot: Snapshot) -> bytes:
    """A row for each question of each group."""
    return csv_file(list(QUESTIONS), question_rows(snapshot))


def dictionary_csv(snapshot: Snapshot) -> bytes:
    """What each column means."""
    return csv_file(list(DICTIONARY), dictionary_rows(snapshot))


def snapshot_xlsx(snapshot: Snapshot) -> bytes:
    """A workbook: the snapshot, figures, questions, what was left out, bands, and what the columns mean."""
    return workbook(_sheets(snapshot), snapshot.made)


def figure_columns(snapshot: Snapshot) -> Columns:
    """The columns of the figures, with one for each band of the questionnaire that has most."""
    most = max((len(picture.bands) for picture in snapshot.pictures), default=0)
    return {**FIGURES, **{f"band_{number}": _BAND for number in range(1, most + 1)}}


def figure_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Every section of every group, those without figures too."""
    for picture, group in _groups(snapshot):
        titles = {section.id: section.title for section in picture.sections}
        for cell in group.sections:
            yield {**_where(picture, group), **_section(cell, titles[cell.section]), "counted": group.n}


def question_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Every question of every group that has questions."""
    for picture, group in _groups(snapshot):
        asked = {question.id: question for question in picture.questions}
        for cell in group.questions:
            question = asked[cell.question]
            head: Row = {"section": question.section, "question": question.id, "ask": question.title}
            yield {**_where(picture, group), **head, **_question(cell)}


def left_out_rows(snapshot: Snapshot) -> Iterator[Row]:
    """What was left out, questionnaire by questionnaire."""
    yield from (_left(each) for each in snapshot.left_out)


def band_rows(snapshot: Snapshot) -> Iterator[Row]:
    """The bands of each questionnaire."""
    for picture in snapshot.pictures:
        for number, band in enumerate(picture.bands, start=1):
            yield {
                "questionnaire": picture.questionnaire,
                "answered": _answered(picture),
                "band": number,
                "id": band.id,
                "label": band.label,
                "start": six_places(band.start),
            }


def dictionary_rows(snapshot: Snapshot) -> Iterator[Row]:
    """Every column of every sheet with its meaning."""
    for sheet, columns in _dictionary(snapshot):
        for column, meaning in columns.items():
            yield {"sheet": sheet, "column": column, "meaning": meaning}


def _dictionary(snapshot: Snapshot) -> list[tuple[str, Columns]]:
    return [
        ("Snapshot", SNAPSHOT),
        ("Figures", figure_columns(snapshot)),
        ("Questions", QUESTIONS),
        ("Left out", LEFT_OUT),
        ("Bands", BANDS),
    ]


def _sheets(snapshot: Snapshot) -> Iterator[Sheet]:
    rows = (
        iter([_head(snapshot)]),
        figure_rows(snapshot),
        question_rows(snapshot),
        left_out_rows(snapshot),
        band_rows(snapshot),
    )
    for (name, columns), found in zip(_dictionary(snapshot), rows, strict=True):
        yield name, list(columns), found
    yield "Data dictionary", DICTIONARY, dictionary_rows(snapshot)


def _head(snapshot: Snapshot) -> Row:
    scope = snapshot.scope
    return {
        "region": snapshot.region,
        "snapshot": snapshot.name,
        "made": snapshot.made.isoformat(),
        "since": scope.since.isoformat(),
        "until": scope.until.isoformat(),
        "kind": scope.kind,
        "area": scope.area,
        "partnerships": snapshot.partnerships,
        "invented": "yes" if snapshot.demo else "",
        "sha256": snapshot_hash(snapshot),
    }


def _groups(snapshot: Snapshot) -> Iterator[tuple[Picture, Group]]:
    return ((picture, group) for picture in snapshot.pictures for group in picture.groups)


def _answered(picture: Picture) -> str:
    return "together" if picture.together else "apart"


def _where(picture: Picture, group: Group) -> dict[str, Cell]:
    return {
        "questionnaire": picture.questionnaire,
        "questionnaire_title": picture.title,
        "version": picture.version,
        "answered": _answered(picture),
        "group_by": group.by,
        "group": group.id,
        "group_title": group.title,
    }


def _section(cell: SectionCell, title: str) -> dict[str, Cell]:
    head: dict[str, Cell] = {"section": cell.section, "section_title": title, "partnerships": cell.n}
    if cell.figures is None:
        return {**head, "withheld": (cell.withheld or Withheld.FEW).value}
    return {**head, **_figures(cell.figures)}


def _figures(figures: Figures) -> dict[str, Cell]:
    return {
        "median": six_places(figures.median),
        **_quartiles(figures.quartiles),
        "below_50": figures.below_half,
        "wide": figures.wide,
        "knowledge_gaps": figures.gaps,
        **{f"band_{number}": n for number, n in enumerate(figures.bands.values(), start=1)},
    }


def _question(cell: QuestionCell) -> dict[str, Cell]:
    if cell.median is None:
        return {"partnerships": cell.n, "withheld": Withheld.FEW.value}
    return {"partnerships": cell.n, "median": six_places(cell.median), **_quartiles(cell.quartiles)}


def _quartiles(quartiles: tuple[Fraction, Fraction] | None) -> dict[str, Cell]:
    if quartiles is None:
        return {}
    return {"lower_quartile": six_places(quartiles[0]), "upper_quartile": six_places(quartiles[1])}


def _left(left: LeftOut) -> Row:
    return {"questionnaire": left.questionnaire, "reason": left.reason, "partnerships": left.n}

"""A round's result out, as JSON, CSV or XLSX: what its reader may see, in the numbers of `a2p score`.

Made from a `Disclosed` alone. Of a withheld question the files say `withheld` and, where that may be told, how many
answered; its other cells are empty. Texts never become formulas.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from a2p.definition.model import Level, Question
from a2p.exchange.sheets_out import Cell, Row, csv_file, workbook
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, QuestionResult, SectionResult, ValueResult
from a2p.scoring.machine import Json, machine_output
from a2p.scoring.named import NamedLevels, NoLevel, Stand
from a2p.scoring.rounding import six_places

SECTIONS: Mapping[str, str] = {
    "section": "The section’s id in the questionnaire",
    "title": "Its title",
    "withheld": "“withheld” where the score may not be shown, for it would tell of a withheld question",
    "score": "0 to 100: the weighted mean of the scores of its questions",
    "band": "The band’s id, where enough questions have a score and it may be shown",
    "capped": "“yes” where a low key question lowered the band",
    "completeness": "0 to 1: answers given out of those asked for",
    "agreement_ad": "Median of its questions’ average distance from the average, in levels",
    "agreement": "close, mixed or wide",
}
QUESTIONS: Mapping[str, str] = {
    "section": "The section’s id",
    "question": "The question’s id",
    "ask": "The question as it was asked",
    "withheld": "“withheld” where too few answered: then all but `answered` is empty",
    "answered": "People who gave an answer or said that they don’t know; empty where even that would tell too much",
    "score": "0 to 100, of the voices’ levels",
    "voices": "Voices with a level: organisations, or councillors where councillors alone are asked",
    "answers": "People who gave a level",
    "dont_know": "People who said that they don’t know",
    "not_applicable": "People who said that it does not apply",
    "blank": "People who left it blank",
    "dont_know_share": "0 to 1: don’t knows out of those who answered",
    "range_low": "The score if every don’t know were the lowest level",
    "range_high": "The score if every don’t know were the highest level",
    "knowledge_gap": "“yes” where many don’t know",
    "applicability_disputed": "“yes” where people differ on whether it applies",
    "agreement_ad": "Average distance from the average, in levels",
    "agreement": "close, mixed or wide",
    "patterns": "How the voices lie, by the names of the scoring rules",
    "reached": "The id of the level that is reached",
    "next": "The id of the next level",
    "evidence_level": "The level that the coordinator’s evidence stands for",
    "evidence_gap": "Points of that level less the score, -100 to 100",
}
OTHERS: Mapping[str, str] = {
    "section": "The section’s id",
    "question": "The id of a question without a score",
    "ask": "The question as it was asked",
    "withheld": "“withheld” where too few answered: then all but `answered` is empty",
    "answered": "People who answered; empty where even that would tell too much",
    "given": "People who gave an answer",
    "option": "The option’s id, in a row for each; empty for numbers and dates",
    "people": "People who chose the option",
    "values": "The numbers or dates given, sorted",
}
ORGANISATIONS: Mapping[str, str] = {
    "section": "The section’s id",
    "question": "The question’s id",
    "ask": "The question as it was asked",
    "organisation": "The organisation’s name; where one person answered for it, the level is that person’s",
    "number": "The number of its level, 1 for the lowest; empty where it has none",
    "level": "The level’s id",
    "label": "What the level is called",
    "without": "Why there is no level: dont-know, not-applicable, blank or not-asked",
    "unnamed": "Why nobody is named: withheld; councillors (each is a voice); conditional (asked after some answers)",
}
LEVEL = "Voices at this level of the question’s scale, the lowest first; empty where the scale has fewer levels"


def result_json(disclosed: Disclosed, named: NamedLevels | None = None) -> bytes:
    """One JSON object: the head of the round, then the keys of `a2p score`; then, if given, who is `named`."""
    result = disclosed.result
    document: dict[str, Json] = {
        "partnership": result.partnership,
        "round": result.round,
        "opened": result.opened.isoformat() if result.opened else None,
        "closed": result.closed.isoformat() if result.closed else None,
        **machine_output(_emptied(result)),
        "score_withheld": result.score_withheld,
    }
    withheld: list[Json] = [
        {"question": each.id, "answered": each.answered}
        for section in result.sections
        for each in _asked(section)
        if each.withheld
    ]
    sections: list[Json] = [section.id for section in result.sections if section.score_withheld]
    others: list[Json] = [dict(row) for row in other_rows(disclosed)]
    document |= {"withheld": withheld, "withheld_sections": sections, "unscored": others}
    if named:
        document["named"] = [dict(row) for row in named_rows(disclosed, named)]
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def questions_csv(disclosed: Disclosed) -> bytes:
    """A row for each scored question, in UTF-8 with the mark by which spreadsheet programs know it."""
    return csv_file(list(question_columns(disclosed)), question_rows(disclosed))


def named_csv(disclosed: Disclosed, named: NamedLevels) -> bytes:
    """A row for each organisation on each scored question of an open round."""
    return csv_file(list(ORGANISATIONS), named_rows(disclosed, named))


def dictionary_csv(disclosed: Disclosed, named: NamedLevels | None = None) -> bytes:
    """What each column means."""
    return csv_file(["sheet", "column", "meaning"], dictionary_rows(disclosed, named))


def result_xlsx(disclosed: Disclosed, named: NamedLevels | None = None) -> bytes:
    """A workbook: sections, questions, questions without a score, who is named, and what the columns mean."""
    more = [("Organisations", list(ORGANISATIONS), named_rows(disclosed, named))] if named else []
    return workbook(
        (
            ("Sections", list(SECTIONS), section_rows(disclosed)),
            ("Questions", list(question_columns(disclosed)), question_rows(disclosed)),
            ("Without a score", list(OTHERS), other_rows(disclosed)),
            *more,
            ("Data dictionary", ["sheet", "column", "meaning"], dictionary_rows(disclosed, named)),
        )
    )


def section_rows(disclosed: Disclosed) -> Iterator[Row]:
    """The sections that partners answer."""
    for part, section in zip(disclosed.result.definition.sections, disclosed.result.sections, strict=True):
        if not part.is_facts:
            yield {"section": section.id, "title": part.title, **_section(section)}


def question_columns(disclosed: Disclosed) -> Mapping[str, str]:
    """The columns of the questions, with a column for each level of the longest scale."""
    most = max((len(each.levels) for section in disclosed.result.sections for each in section.questions), default=0)
    return {**QUESTIONS, **{f"level_{number}": LEVEL for number in range(1, most + 1)}}


def question_rows(disclosed: Disclosed) -> Iterator[Row]:
    """The scored questions, section by section."""
    for part, section in zip(disclosed.result.definition.sections, disclosed.result.sections, strict=True):
        for asked, figures in zip(part.scale_questions, section.questions, strict=True):
            yield {**_head(section, asked, figures), **({} if figures.withheld else _question(figures))}


def other_rows(disclosed: Disclosed) -> Iterator[Row]:
    """The questions without a score, a row for each option of those that have options; no texts."""
    for part, section in zip(disclosed.result.definition.sections, disclosed.result.sections, strict=True):
        asks = {question.id: question for question in part.questions}
        for value in () if part.is_facts else section.values:
            head = _head(section, asks[value.id], value)
            if value.withheld:
                yield head
            elif value.options:
                for option, people in value.options.items():
                    yield {**head, "given": value.given, "option": option, "people": people}
            else:
                yield {**head, "given": value.given, "values": " ".join(value.values)}


def named_rows(disclosed: Disclosed, named: NamedLevels) -> Iterator[Row]:
    """The organisations on each scored question; one row without an organisation where nobody is named."""
    definition = disclosed.result.definition
    asked = {question.id: question for part in definition.sections for question in part.scale_questions}
    for question in named.questions:
        head: Row = {"section": question.section, "question": question.id, "ask": asked[question.id].ask}
        if question.silence is not None:
            yield {**head, "unnamed": question.silence.value}
            continue
        levels = definition.scale_of(asked[question.id])
        for organisation, stand in zip(named.organisations, question.stands, strict=True):
            yield {**head, "organisation": organisation, **_stand(levels, stand)}


def _stand(levels: Sequence[Level], stand: Stand) -> Row:
    if isinstance(stand, NoLevel):
        return {"without": stand.value}
    return {"number": stand, "level": levels[stand - 1].id, "label": levels[stand - 1].label}


def dictionary_rows(disclosed: Disclosed, named: NamedLevels | None = None) -> Iterator[Row]:
    """Every column of every sheet with its meaning."""
    sheets = {"Sections": SECTIONS, "Questions": question_columns(disclosed), "Without a score": OTHERS}
    sheets |= {"Organisations": ORGANISATIONS} if named else {}
    for sheet, columns in sheets.items():
        for column, meaning in columns.items():
            yield {"sheet": sheet, "column": column, "meaning": meaning}


def _asked(section: SectionResult) -> Sequence[QuestionResult | ValueResult]:
    return [*section.questions, *section.values]


def _head(section: SectionResult, asked: Question, figures: QuestionResult | ValueResult) -> dict[str, Cell]:
    return {
        "section": section.id,
        "question": figures.id,
        "ask": asked.ask,
        "withheld": "withheld" if figures.withheld else "",
        "answered": figures.answered,
    }


def _section(section: SectionResult) -> dict[str, Cell]:
    return {
        "withheld": "withheld" if section.score_withheld else "",
        "score": _number(section.score),
        "band": section.band,
        "capped": "yes" if section.capped else "",
        "completeness": _number(section.completeness),
        "agreement_ad": _number(section.agreement.ad) if section.agreement else None,
        "agreement": section.agreement.label if section.agreement else None,
    }


def _question(figures: QuestionResult) -> dict[str, Cell]:
    low, high = figures.range or (None, None)
    agreement, evidence = figures.agreement, figures.evidence
    return {
        "score": _number(figures.score),
        "voices": figures.voices,
        "answers": figures.answers,
        "dont_know": figures.dont_know,
        "not_applicable": figures.not_applicable,
        "blank": figures.blank,
        "dont_know_share": _number(figures.dont_know_share),
        "range_low": _number(low),
        "range_high": _number(high),
        "knowledge_gap": "yes" if figures.knowledge_gap else "",
        "applicability_disputed": "yes" if figures.applicability_disputed else "",
        "agreement_ad": _number(agreement.ad) if agreement else None,
        "agreement": agreement.label if agreement else None,
        "patterns": " ".join(agreement.patterns) if agreement else None,
        "reached": figures.reached,
        "next": figures.next,
        "evidence_level": evidence.level if evidence else None,
        "evidence_gap": _number(evidence.gap) if evidence else None,
        **{f"level_{number}": voices for number, voices in enumerate(figures.levels.values(), start=1)},
    }


def _emptied(result: FrozenResult) -> FrozenResult:
    """Without the withheld questions, whose figures are no figures: the list of them says which they are."""
    sections = tuple(
        section.model_copy(update={"questions": tuple(each for each in section.questions if not each.withheld)})
        for section in result.sections
    )
    return result.model_copy(update={"sections": sections})


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else six_places(value)

"""Titles and opening sentences made from a result by rule, so that they hold for every result.

A section is called strong from a score of two thirds of 100, and one to work on below 50; both only if it has a band.
Many don't know about a section if half of its questions or more are knowledge gaps.
Titles of sections are quoted as they are written, never bent into the grammar of a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from a2p.definition.model import Section
from a2p.definition.numbering import question_numbers
from a2p.documents.picture import STRONG, WEAK, Picture, pairs
from a2p.documents.words import (
    SECTORS,
    count,
    day,
    listed,
    lower_first,
    organisations,
    people,
    questions,
    shorten,
    whole,
)
from a2p.scoring.disclosure import Disclosed
from a2p.scoring.frozen import FrozenResult, SectionResult
from a2p.scoring.releases import To

_HALF = Fraction(1, 2)
_TITLE = 60  # characters of a section's title that a headline has room for


def headline(disclosed: Disclosed) -> str:
    """The picture page's title: what is strong and what to work on first, as far as the result says so."""
    result = disclosed.result
    if not result.respondents:
        return "Nobody has answered yet"
    banded = [(section, outcome) for section, outcome in pairs(result) if outcome.band and outcome.score is not None]
    if not banded:
        return "Too few answers for a picture" + (": many don’t know" if _most_unknown(result) else "")
    scores = {section.id: outcome.score for section, outcome in banded if outcome.score is not None}
    ordered = sorted((section for section, _ in banded), key=lambda section: -scores[section.id])
    strong = [section for section in ordered if scores[section.id] >= STRONG]
    weak = [section for section in reversed(ordered) if scores[section.id] < WEAK]
    unknown = _most_unknown(result)
    if unknown and not weak:
        return _unknown_headline([section for section in strong if section != unknown], unknown)
    return _headline(strong, weak, len(banded))


def headline_of_all(several: Sequence[Disclosed]) -> str:
    """The title of the page over several questionnaires: the strongest and the weakest section of all."""
    if not any(each.result.respondents for each in several):
        return "Nobody has answered yet"
    banded = [
        (section, outcome.score)
        for each in several
        for section, outcome in pairs(each.result)
        if outcome.band and outcome.score is not None
    ]
    if not banded:
        return "Too few answers for a picture"
    ordered = sorted(banded, key=lambda each: -each[1])
    strong = [section for section, score in ordered if score >= STRONG]
    weak = [section for section, score in reversed(ordered) if score < WEAK]
    return _headline(strong, weak, len(banded))


def lede_of_all(several: Sequence[Disclosed]) -> str:
    """How many questionnaires there are, and who answered each."""
    results = [each.result for each in several]
    said = f"The round asked {len(results)} questionnaires."
    if all(result.together for result in results):
        return f"{said} The partnership answered together."
    counts = {(result.respondents, result.organisations) for result in results}
    if len(counts) == 1:
        return f"{said} {who_answered(results[0])}"
    each = [
        f"{people(result.respondents)} from {organisations(result.organisations)} answered {result.definition.title}"
        for result in results
    ]
    return f"{said} {'; '.join(each)}."


def _most_unknown(result: FrozenResult) -> Section | None:
    """The section with the largest share of questions that many don't know, if that is half of them or more."""
    shares = {
        section.id: Fraction(sum(question.knowledge_gap for question in outcome.questions), len(outcome.questions))
        for section, outcome in pairs(result)
        if outcome.questions
    }
    most = max(shares, key=lambda each: shares[each])
    if shares[most] < _HALF:
        return None
    return next(section for section, _ in pairs(result) if section.id == most)


def _unknown_headline(strong: list[Section], unknown: Section) -> str:
    where = shorten(unknown.title, _TITLE)
    if strong:
        return f"Strong on {shorten(strong[0].title, _TITLE)}; many don’t know about {where}"
    return f"Many don’t know about {where}; no section is weak"


def _headline(strong: list[Section], weak: list[Section], sections: int) -> str:
    best = shorten(strong[0].title, _TITLE) if strong else ""
    worst = shorten(weak[0].title, _TITLE) if weak else ""
    if strong and weak:
        return f"Strong on {best}; work first on {worst}"
    if strong:
        return (
            f"Strongest on {best}; no section is weak"
            if len(strong) < sections or sections == 1
            else "Strong throughout"
        )
    if weak:
        return f"Work first on {worst}" + ("; no section is strong yet" if sections > 1 else "")
    return "In the middle: no section is weak, none is strong yet"


def lede(disclosed: Disclosed, picture: Picture) -> str:
    """Who answered, how far they agree, what many don't know and what is not shown, a sentence each."""
    result = disclosed.result
    if not result.respondents:
        return "There are no answers in this report. It shows what was asked and how the answers will be set out."
    return " ".join(
        part for part in (who_answered(result), _views(result, picture), _unknown(picture), _hidden(picture)) if part
    )


def who_answered(result: FrozenResult) -> str:
    """`18 people from 9 organisations answered.`"""
    if result.together:
        return "The partnership answered together, in one response."
    return f"{people(result.respondents)} from {organisations(result.organisations)} answered."


def _views(result: FrozenResult, picture: Picture) -> str:
    if result.together or not picture.scored:
        return ""
    if picture.wide_count:
        return f"They disagree widely on {picture.wide_count} of {questions(picture.scored)}."
    if picture.widest:
        return "Views differ, though on no question widely."
    if result.organisations < 5:
        return "They are too few to say how far partners agree."
    return "On no question are they far apart."


def _unknown(picture: Picture) -> str:
    if not picture.gaps:
        return ""
    return f"On {questions(len(picture.gaps))} a quarter or more did not know."


def _hidden(picture: Picture) -> str:
    if not picture.withheld:
        return ""
    verb = "is" if picture.withheld == 1 else "are"
    return f"{questions(picture.withheld).capitalize()} {verb} not shown, because too few people answered."


def strong_title(picture: Picture) -> str:
    """Heads the list of strong questions, and stands alone where there are none."""
    if not picture.scored:
        return "What is strong: too few answers to say"
    if not picture.strong_count:
        return "No question scores 67 or more yet"
    return _so_many(picture.strong_count, picture.scored, "Strong: {} 67 or more")


def weak_title(picture: Picture) -> str:
    """Heads the list of weak questions, and stands alone where there are none."""
    if not picture.scored:
        return "What is weak: too few answers to say"
    if not picture.weak_count:
        return "No question scores below 50"
    return _so_many(picture.weak_count, picture.scored, "Weak: {} below 50")


def _so_many(number: int, of: int, sentence: str) -> str:
    if number == of:
        return sentence.format("every question scores" if of > 1 else "the one question scores")
    return sentence.format(f"{number} of {of} questions score{'s' if number == 1 else ''}")


def disagreement_title(disclosed: Disclosed, picture: Picture) -> str:
    """Heads the list of questions where voices are furthest apart, and stands alone where there are none."""
    result = disclosed.result
    if result.together:
        return "Answered together: one view"
    if picture.wide_count:
        return f"Views differ most here; widely on {questions(picture.wide_count)}"
    if picture.widest:
        return "Views differ most here, though not widely"
    if not any(q.voices >= 5 for s in result.sections for q in s.questions):
        return "Too few voices to say how far partners agree"
    return "On no question are views far apart"


def gaps_title(picture: Picture) -> str:
    """Heads the list of knowledge gaps, and stands alone where there are none."""
    if not picture.scored and not picture.gaps:
        return "What people don’t know: too few answers to say"
    if not picture.gaps:
        return "No knowledge gap: few chose don’t know"
    return f"Many don’t know: {questions(len(picture.gaps))}"


def section_lede(section: Section, outcome: SectionResult, result: FrozenResult) -> str:
    """A section's score, band, agreement and knowledge gaps in a sentence each, or why it has no band."""
    if not result.respondents:
        return "No answers yet."
    if outcome.questions and all(question.withheld for question in outcome.questions):
        return "Too few people answered for anything to be shown."
    if not outcome.shown_questions:
        return "Nobody who answered was asked these questions."
    if outcome.band is None and outcome.score_withheld:
        return "Neither score nor band is shown, so that questions not shown can’t be worked out from them."
    if outcome.band is None:
        return _short_of_answers(section, outcome, result)
    label = next(band.label for band in result.bands if band.id == outcome.band)
    if outcome.score_withheld or outcome.score is None:
        first = f"{label}. The score is not shown, so that questions not shown can’t be worked out from it."
    else:
        first = f"Score {whole(outcome.score)}, {lower_first(label)}."
    more = (agreement_sentence(section, outcome), _unknown_in(outcome), _capped(outcome, result))
    return " ".join(part for part in (first, *more) if part)


def _unknown_in(outcome: SectionResult) -> str:
    gaps = sum(question.knowledge_gap for question in outcome.questions)
    return f"Many don’t know on {questions(gaps)}." if gaps else ""


def _short_of_answers(section: Section, outcome: SectionResult, result: FrozenResult) -> str:
    voice = "councillor" if section.voices_are_councillors else "organisation"
    least = f"one {voice}" if result.together else f"three {voice}s"
    return (
        f"Not enough answers for a band: {outcome.scored_questions} of {questions(outcome.shown_questions)} "
        f"{'has' if outcome.scored_questions == 1 else 'have'} answers from at least {least}, and six in ten must."
    )


def agreement_sentence(section: Section, outcome: SectionResult) -> str:
    """How far the voices agree over the section; empty where nothing may be said."""
    who = "Councillors" if section.voices_are_councillors else "Partners"
    match outcome.agreement.label if outcome.agreement else None:
        case "close":
            return f"{who} agree."
        case "wide":
            return f"{who} disagree."
        case "mixed":
            return "Views are mixed."
    return ""


def _capped(outcome: SectionResult, result: FrozenResult) -> str:
    if not outcome.capped:
        return ""
    numbers = question_numbers(result.definition)
    low = [numbers[question] for question in outcome.capped_by]
    key = f"key question {listed(low)} scores" if len(low) == 1 else f"key questions {listed(low)} score"
    return f"The band is held down because {key} low."


NAMED = (
    "An open round: the appendix names organisations. It is for the coordinator, the chair and the facilitator, and "
    "not to be passed on."
)


FOR_READERS: Mapping[str, str] = {
    "": "",
    To.RESPONDENTS: "For those who answered.",
    To.REGION: "For the region’s own team, and not to be passed on.",
    To.PUBLIC: "A self-assessment, not an inspection, and not meant for comparing partnerships.",
}
"""What is said of whom a document is for, where it is for those to whom a round is released."""


def caveats(disclosed: Disclosed) -> tuple[str, ...]:
    """What a reader must know before any figure: said on the cover and the picture page."""
    result = disclosed.result
    said: list[str] = []
    if result.demo:
        said.append("Invented answers: this shows what a report looks like, and says nothing about a real place.")
    if result.partial:
        said.append(
            "A partial picture: fewer than four in ten of the organisations invited have answered "
            f"({result.organisations} of {result.invited_organisations})."
        )
    if result.definition.status == "unpiloted":
        said.append("An unpiloted questionnaire: no partnership has tried these questions out yet.")
    if result.dominant_sector and result.organisations > 1:
        said.append("One sector supplies more than half of the voices: " + _sector(result) + ".")
    return tuple(said)


def _sector(result: FrozenResult) -> str:
    return lower_first(SECTORS[result.dominant_sector]) if result.dominant_sector else ""


def when(result: FrozenResult) -> str:
    """`1 March to 31 March 2026`, as far as the dates are known."""
    if result.opened and result.closed:
        return f"{day(result.opened)} to {day(result.closed)}"
    return f"Closed {day(result.closed)}" if result.closed else ""


def footer(result: FrozenResult, digest: str) -> str:
    """What stands at the foot of every page: closing date, questionnaire version, short content hash."""
    parts = [
        "Invented answers" if result.demo else "",
        "Partial picture" if result.partial else "",
        f"{shorten(result.definition.title, 30)} version {result.definition.version}"
        + (", unpiloted" if result.definition.status == "unpiloted" else ""),
        f"closed {day(result.closed)}" if result.closed else "",
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)


def footer_of_all(results: Sequence[FrozenResult], digest: str, *, short: bool = False) -> str:
    """The foot of a page of a document over several questionnaires; its cover and appendix name their versions."""
    unpiloted = any(result.definition.status == "unpiloted" for result in results)
    parts = [
        "Invented answers" if results[0].demo else "",
        "Partial picture" if any(result.partial for result in results) and not short else "",
        f"{len(results)} questionnaires" + (", unpiloted" if unpiloted and not short else ""),
        f"closed {day(results[0].closed)}" if results[0].closed else "",
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)


def short_footer(result: FrozenResult, digest: str) -> str:
    """The foot of a page in large print, where the line is short; the cover and the appendix name the version."""
    parts = [
        "Invented answers" if result.demo else "",
        shorten(result.definition.title, 30),
        day(result.closed),
        digest[:8],
    ]
    return " · ".join(part for part in parts if part)


def voices(section: Section, number: int) -> str:
    """`9 organisations`, or `6 councillors` in a section for councillors alone."""
    return count(number, "councillor", "councillors") if section.voices_are_councillors else organisations(number)

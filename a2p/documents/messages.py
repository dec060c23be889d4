"""Titles and opening sentences made from a result by rule, so that they hold for every result.

A section is called strong from a score of two thirds of 100, and one to work on below 50; both only if it has a band.
Many don't know about a section if half of its questions or more are knowledge gaps.
Titles of sections are quoted as they are written, never bent into the grammar of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from a2p.definition.model import Section
from a2p.definition.numbering import question_numbers
from a2p.documents.language import gettext, ngettext
from a2p.documents.picture import STRONG, WEAK, Picture, pairs
from a2p.documents.words import (
    band_label,
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

_HALF = Fraction(1, 2)
_TITLE = 60  # characters of a section's title that a headline has room for


def headline(disclosed: Disclosed) -> str:
    """The picture page's title: what is strong and what to work on first, as far as the result says so."""
    result = disclosed.result
    if not result.respondents:
        return gettext("Nobody has answered yet")
    banded = [(section, outcome) for section, outcome in pairs(result) if outcome.band and outcome.score is not None]
    if not banded:
        if _most_unknown(result):
            return gettext("Too few answers for a picture: many don’t know")
        return gettext("Too few answers for a picture")
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
        return gettext("Nobody has answered yet")
    banded = [
        (section, outcome.score)
        for each in several
        for section, outcome in pairs(each.result)
        if outcome.band and outcome.score is not None
    ]
    if not banded:
        return gettext("Too few answers for a picture")
    ordered = sorted(banded, key=lambda each: -each[1])
    strong = [section for section, score in ordered if score >= STRONG]
    weak = [section for section, score in reversed(ordered) if score < WEAK]
    return _headline(strong, weak, len(banded))


def lede_of_all(several: Sequence[Disclosed]) -> str:
    """How many questionnaires there are, and who answered each."""
    results = [each.result for each in several]
    said = ngettext("The round asked %(num)s questionnaire.", "The round asked %(num)s questionnaires.", len(results))
    if all(result.together for result in results):
        together = gettext("The partnership answered together.")
        return f"{said} {together}"
    counts = {(result.respondents, result.organisations) for result in results}
    if len(counts) == 1:
        return f"{said} {who_answered(results[0])}"
    each = [
        gettext(
            "%(people)s from %(organisations)s answered %(questionnaire)s",
            people=people(result.respondents),
            organisations=organisations(result.organisations),
            questionnaire=result.definition.title,
        )
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
        best = shorten(strong[0].title, _TITLE)
        return gettext("Strong on %(best)s; many don’t know about %(unknown)s", best=best, unknown=where)
    return gettext("Many don’t know about %(unknown)s; no section is weak", unknown=where)


def _headline(strong: list[Section], weak: list[Section], sections: int) -> str:
    best = shorten(strong[0].title, _TITLE) if strong else ""
    worst = shorten(weak[0].title, _TITLE) if weak else ""
    if strong and weak:
        return gettext("Strong on %(best)s; work first on %(worst)s", best=best, worst=worst)
    if strong:
        if len(strong) < sections or sections == 1:
            return gettext("Strongest on %(best)s; no section is weak", best=best)
        return gettext("Strong throughout")
    if weak:
        if sections > 1:
            return gettext("Work first on %(worst)s; no section is strong yet", worst=worst)
        return gettext("Work first on %(worst)s", worst=worst)
    return gettext("In the middle: no section is weak, none is strong yet")


def lede(disclosed: Disclosed, picture: Picture) -> str:
    """Who answered, how far they agree, what many don't know and what is not shown, a sentence each."""
    result = disclosed.result
    if not result.respondents:
        return gettext(
            "There are no answers in this report. It shows what was asked and how the answers will be set out."
        )
    return " ".join(
        part for part in (who_answered(result), _views(result, picture), _unknown(picture), _hidden(picture)) if part
    )


def who_answered(result: FrozenResult) -> str:
    """`18 people from 9 organisations answered.`"""
    if result.together:
        return gettext("The partnership answered together, in one response.")
    return gettext(
        "%(people)s from %(organisations)s answered.",
        people=people(result.respondents),
        organisations=organisations(result.organisations),
    )


def _views(result: FrozenResult, picture: Picture) -> str:
    if result.together or not picture.scored:
        return ""
    if picture.wide_count:
        return gettext(
            "They disagree widely on %(number)s of %(questions)s.",
            number=picture.wide_count,
            questions=questions(picture.scored),
        )
    if picture.widest:
        return gettext("Views differ, though on no question widely.")
    if result.organisations < 5:
        return gettext("They are too few to say how far partners agree.")
    return gettext("On no question are they far apart.")


def _unknown(picture: Picture) -> str:
    if not picture.gaps:
        return ""
    return gettext("On %(questions)s a quarter or more did not know.", questions=questions(len(picture.gaps)))


def _hidden(picture: Picture) -> str:
    if not picture.withheld:
        return ""
    return ngettext(
        "%(num)s question is not shown, because too few people answered.",
        "%(num)s questions are not shown, because too few people answered.",
        picture.withheld,
    )


def strong_title(picture: Picture) -> str:
    """Heads the list of strong questions, and stands alone where there are none."""
    if not picture.scored:
        return gettext("What is strong: too few answers to say")
    if not picture.strong_count:
        return gettext("No question scores 67 or more yet")
    if picture.strong_count < picture.scored:
        return ngettext(
            "Strong: %(num)s of %(of)s questions scores 67 or more",
            "Strong: %(num)s of %(of)s questions score 67 or more",
            picture.strong_count,
            of=picture.scored,
        )
    if picture.scored > 1:
        return gettext("Strong: every question scores 67 or more")
    return gettext("Strong: the one question scores 67 or more")


def weak_title(picture: Picture) -> str:
    """Heads the list of weak questions, and stands alone where there are none."""
    if not picture.scored:
        return gettext("What is weak: too few answers to say")
    if not picture.weak_count:
        return gettext("No question scores below 50")
    if picture.weak_count < picture.scored:
        return ngettext(
            "Weak: %(num)s of %(of)s questions scores below 50",
            "Weak: %(num)s of %(of)s questions score below 50",
            picture.weak_count,
            of=picture.scored,
        )
    if picture.scored > 1:
        return gettext("Weak: every question scores below 50")
    return gettext("Weak: the one question scores below 50")


def disagreement_title(disclosed: Disclosed, picture: Picture) -> str:
    """Heads the list of questions where voices are furthest apart, and stands alone where there are none."""
    result = disclosed.result
    if result.together:
        return gettext("Answered together: one view")
    if picture.wide_count:
        return gettext("Views differ most here; widely on %(questions)s", questions=questions(picture.wide_count))
    if picture.widest:
        return gettext("Views differ most here, though not widely")
    if not any(q.voices >= 5 for s in result.sections for q in s.questions):
        return gettext("Too few voices to say how far partners agree")
    return gettext("On no question are views far apart")


def gaps_title(picture: Picture) -> str:
    """Heads the list of knowledge gaps, and stands alone where there are none."""
    if not picture.scored and not picture.gaps:
        return gettext("What people don’t know: too few answers to say")
    if not picture.gaps:
        return gettext("No knowledge gap: few chose don’t know")
    return gettext("Many don’t know: %(questions)s", questions=questions(len(picture.gaps)))


def section_lede(section: Section, outcome: SectionResult, result: FrozenResult) -> str:
    """A section's score, band, agreement and knowledge gaps in a sentence each, or why it has no band."""
    if why := _why_no_band(section, outcome, result):
        return why
    label = next(band_label(band) for band in result.bands if band.id == outcome.band)
    if outcome.score_withheld or outcome.score is None:
        first = gettext(
            "%(band)s. The score is not shown, so that questions not shown can’t be worked out from it.", band=label
        )
    else:
        first = gettext("Score %(score)s, %(band)s.", score=whole(outcome.score), band=lower_first(label))
    more = (agreement_sentence(section, outcome), _unknown_in(outcome), _capped(outcome, result))
    return " ".join(part for part in (first, *more) if part)


def _why_no_band(section: Section, outcome: SectionResult, result: FrozenResult) -> str:
    if not result.respondents:
        return gettext("No answers yet.")
    if outcome.questions and all(question.withheld for question in outcome.questions):
        return gettext("Too few people answered for anything to be shown.")
    if not outcome.shown_questions:
        return gettext("Nobody who answered was asked these questions.")
    if outcome.band is None and outcome.score_withheld:
        return gettext("Neither score nor band is shown, so that questions not shown can’t be worked out from them.")
    return _short_of_answers(section, outcome, result) if outcome.band is None else ""


def _unknown_in(outcome: SectionResult) -> str:
    gaps = sum(question.knowledge_gap for question in outcome.questions)
    return gettext("Many don’t know on %(questions)s.", questions=questions(gaps)) if gaps else ""


def _short_of_answers(section: Section, outcome: SectionResult, result: FrozenResult) -> str:
    if section.voices_are_councillors:
        least = gettext("one councillor") if result.together else gettext("three councillors")
    else:
        least = gettext("one organisation") if result.together else gettext("three organisations")
    return ngettext(
        "Not enough answers for a band: %(num)s of %(questions)s has answers from at least %(least)s, "
        "and six in ten must.",
        "Not enough answers for a band: %(num)s of %(questions)s have answers from at least %(least)s, "
        "and six in ten must.",
        outcome.scored_questions,
        questions=questions(outcome.shown_questions),
        least=least,
    )


def agreement_sentence(section: Section, outcome: SectionResult) -> str:
    """How far the voices agree over the section; empty where nothing may be said."""
    councillors = section.voices_are_councillors
    match outcome.agreement.label if outcome.agreement else None:
        case "close":
            return gettext("Councillors agree.") if councillors else gettext("Partners agree.")
        case "wide":
            return gettext("Councillors disagree.") if councillors else gettext("Partners disagree.")
        case "mixed":
            return gettext("Views are mixed.")
    return ""


def _capped(outcome: SectionResult, result: FrozenResult) -> str:
    if not outcome.capped:
        return ""
    numbers = question_numbers(result.definition)
    low = [numbers[question] for question in outcome.capped_by]
    return ngettext(
        "The band is held down because key question %(questions)s scores low.",
        "The band is held down because key questions %(questions)s score low.",
        len(low),
        questions=listed(low),
    )


def voices(section: Section, number: int) -> str:
    """`9 organisations`, or `6 councillors` in a section for councillors alone."""
    if section.voices_are_councillors:
        return ngettext("%(num)s councillor", "%(num)s councillors", number)
    return organisations(number)

"""How many words a questionnaire puts to one person, and how many minutes that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from a2p.definition.model import ScaleQuestion, Section
from tests.questionnaires.reading import words
from tests.questionnaires.texts import ALL, definition

# Mean of adults reading English aloud: Brysbaert, How many words do we read per minute?, Journal of Memory and
# Language, 2019. Silent reading is faster (238), so these minutes are on the safe side.
WORDS_A_MINUTE = 183
# Our own allowance, to be replaced when partnerships have been timed.
SECONDS_TO_CHOOSE = 15
SECONDS_TO_WRITE = 60

Who = Literal["partner", "councillor"]


@dataclass(frozen=True, slots=True)
class Put:
    """What one person has in front of them: the introduction, and every section put to them with all its levels."""

    words: int
    scored: int
    open: int

    @property
    def minutes(self) -> float:
        """Read aloud, every level of every question, and answered."""
        answering = self.scored * SECONDS_TO_CHOOSE + self.open * SECONDS_TO_WRITE
        return self.words / WORDS_A_MINUTE + answering / 60


def put_to(questionnaire: str, who: Who) -> Put:
    """What a partner, or a councillor, is asked to read and answer."""
    base = definition(questionnaire)
    sections = [each for each in base.sections if each.is_put_to(councillor=who == "councillor") and not each.is_facts]
    return Put(
        words=len(words(base.about or "")) + sum(map(_words, sections)),
        scored=sum(len(section.scale_questions) for section in sections),
        open=sum(question.type == "text" for section in sections for question in section.questions),
    )


def _words(section: Section) -> int:
    texts = [section.title, section.about]
    for question in section.questions:
        texts += [question.ask, question.help]
        if isinstance(question, ScaleQuestion):
            texts += question.levels.values()
    return sum(len(words(text)) for text in texts if text)


def timing_table() -> str:
    """One row for each questionnaire and each sort of person who is asked something else by it."""
    rows = ["| questionnaire | put to | scored | open | words | minutes |", "|---|---|---:|---:|---:|---:|"]
    for name in ALL:
        partner, councillor = put_to(name, "partner"), put_to(name, "councillor")
        people = {"partners and councillors": partner} if partner == councillor else {}
        for who, put in (people or {"partners": partner, "councillors": councillor}).items():
            shown = f"{put.scored} | {put.open} | {put.words} | {put.minutes:.0f}"
            rows.append(f"| {definition(name).title} | {who} | {shown} |")
    return "\n".join(rows)

"""The forms of a release, and what each audience and level is called in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import Form, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from a2p.rounds.confirmers import Confirmer
from a2p.scoring.releases import To


@dataclass(frozen=True, slots=True)
class LevelWords:
    """A level in a few words, and what it lets out in a sentence."""

    short: str
    lets_out: str


AUDIENCES: Mapping[To, str] = {
    To.RESPONDENTS: "the people who answered",
    To.REGION: "the region’s programme team",
    To.PUBLIC: "the public",
}

LEVEL_WORDS: Mapping[tuple[To, str], LevelWords] = {
    (To.RESPONDENTS, "nothing"): LevelWords("Nothing", "They see their own answers and nothing else."),
    (To.RESPONDENTS, "summary"): LevelWords(
        "A summary", "How many answered, and each section’s score and band. No single question, no comments."
    ),
    (To.RESPONDENTS, "all"): LevelWords(
        "All that you see",
        "Every question with its score and how the answers are spread, as on your own results page."
        " Never an organisation’s level by its name.",
    ),
    (To.REGION, "0"): LevelWords("Nothing", "They see that there was a round and how many answered, as before."),
    (To.REGION, "T"): LevelWords("Themes", "A text in your partnership’s own words, and no figures."),
    (To.REGION, "1"): LevelWords(
        "Counted in regional figures", "Your results are counted among those of at least five partnerships, unnamed."
    ),
    (To.REGION, "2"): LevelWords("Section scores and bands", "They are shown with your partnership’s name."),
    (To.REGION, "3"): LevelWords(
        "Question scores", "Each question’s score too, with your partnership’s name. Not how the answers are spread."
    ),
    (To.REGION, "4"): LevelWords(
        "The whole results",
        "All that you see yourself, with your partnership’s name. No comments, and no"
        " organisation’s level by its name.",
    ),
    (To.PUBLIC, "nothing"): LevelWords("Nothing", "Nothing can be seen without signing in."),
    (To.PUBLIC, "board"): LevelWords(
        "A board paper",
        "Each section’s score and band, on a page that anybody can open. How answers are spread is shown only in"
        " sections where ten or more voices answered every question. No comments.",
    ),
}

_REASON = [
    DataRequired("Say why"),
    Length(max=1000, message="The reason must be 1,000 characters or less"),
]


class _LevelForm(Form):
    level = RadioField(validators=[InputRequired("Choose what is to be shown")], validate_choice=False)
    reason = TextAreaField(validators=_REASON)

    levels: tuple[str, ...] = ()

    def validate_level(self, field: RadioField) -> None:
        """One of the levels there are to choose from; they may have changed since the page was made."""
        if field.data not in self.levels:
            raise ValidationError("Choose what is to be shown")

    def offer_levels(self, to: To, levels: Sequence[str]) -> None:
        """The levels to choose from."""
        self.levels = tuple(levels)
        self.level.choices = [SelectChoice(level, LEVEL_WORDS[to, level].short) for level in levels]


class ProposeForm(_LevelForm):
    """What is to be shown, why, the region's themes, and who is to confirm it."""

    themes = TextAreaField(validators=[Length(max=5000, message="The themes must be 5,000 characters or less")])
    confirmer = RadioField(validators=[InputRequired("Choose who is asked to confirm it")], validate_choice=False)

    people: tuple[Confirmer, ...] = ()

    def offer(self, to: To, levels: Sequence[str], people: Sequence[Confirmer]) -> None:
        """The levels and people to choose from."""
        self.offer_levels(to, levels)
        self.people = tuple(people)
        self.confirmer.choices = [SelectChoice(each.key, each.name) for each in people]

    def validate_confirmer(self, field: RadioField) -> None:
        """One of those who may."""
        if field.data not in {each.key for each in self.people}:
            raise ValidationError("Choose who is asked to confirm it")

    def validate_themes(self, field: TextAreaField) -> None:
        """At the level that is themes alone there are some."""
        if self.level.data == "T" and not (field.data or "").strip():
            raise ValidationError("Write the themes that the region will read")


class LowerForm(_LevelForm):
    """What is still to be shown, and why no more."""

    def offer(self, to: To, levels: Sequence[str]) -> None:
        """The levels to choose from."""
        self.offer_levels(to, levels)

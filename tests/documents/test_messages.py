from fractions import Fraction

import pytest

from a2p.documents import imprint, messages
from a2p.documents.picture import picture
from a2p.scoring.disclosure import Disclosed, unlimited
from tests.builders import definition, scale_question, section
from tests.documents.made import made_result
from tests.documents.rounds import aspire, disclosed_round

THREE = definition(section("aims"), section("voice"), section("money"))


def _sections(*scores: int | None, unknown: frozenset[str] = frozenset()) -> Disclosed:
    """A result whose three sections have these scores (and bands if they do). In `unknown` ones many don’t know."""
    changes = {
        name: {"score": None if score is None else Fraction(score), "band": None if score is None else "level-2"}
        for name, score in zip(("aims", "voice", "money"), scores, strict=True)
    }
    gaps = {q.id: {"knowledge_gap": s.id in unknown} for s in THREE.sections for q in s.questions}
    return unlimited(made_result(THREE, [3, 2, 2, 2], sections=changes, questions=gaps))


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ((70, 90, 30), "Strong on Voice; work first on Money"),
        ((70, 90, 60), "Strongest on Voice; no section is weak"),
        ((70, 90, 80), "Strong throughout"),
        ((40, 60, 30), "Work first on Money; no section is strong yet"),
        ((50, 60, 66), "In the middle: no section is weak, none is strong yet"),
        ((None, 80, None), "Strongest on Voice; no section is weak"),
        ((None, None, None), "Too few answers for a picture"),
        ((30, 30, 30), "Work first on Money; no section is strong yet"),
    ],
)
def test_the_headline_says_what_is_strong_and_weak_as_far_as_it_is(scores: tuple[int | None, ...], title: str) -> None:
    assert messages.headline(_sections(*scores)) == title


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ((70, 60, 60), "Strong on Aims; many don’t know about Money"),
        ((60, 60, 80), "Many don’t know about Money; no section is weak"),
        ((70, 30, 60), "Strong on Aims; work first on Voice"),
    ],
)
def test_what_many_do_not_know_comes_before_all_is_well(scores: tuple[int, ...], title: str) -> None:
    assert messages.headline(_sections(*scores, unknown=frozenset({"money"}))) == title


def test_without_answers_the_headline_says_so() -> None:
    assert messages.headline(unlimited(made_result(THREE, respondents=0, organisations=0))) == "Nobody has answered yet"


def test_where_nobody_knows_the_headline_says_so() -> None:
    gaps = {q.id: {"knowledge_gap": True, "score": None} for s in THREE.sections for q in s.questions}
    made = made_result(THREE, [0, 0, 0, 0], questions=gaps)
    assert messages.headline(unlimited(made)) == "Too few answers for a picture: many don’t know"


def test_a_long_title_is_cut_in_the_headline_at_a_word() -> None:
    long = definition(section("a", title="Working together " * 30))
    made = unlimited(made_result(long, [9, 0, 0, 0]))
    assert messages.headline(made).startswith("Work first on Working together Working")
    assert len(messages.headline(made)) < 120


def _lede(made: Disclosed) -> str:
    return messages.lede(made, picture(made))


def test_the_lede_counts_people_organisations_and_wide_disagreement() -> None:
    made = unlimited(made_result(THREE, [5, 0, 0, 4], respondents=18))
    assert _lede(made).startswith("18 people from 9 organisations answered. They disagree widely on 6 of 6 questions.")


def test_the_lede_speaks_of_one_in_the_singular() -> None:
    made = unlimited(made_result(THREE, [1, 0, 0, 0], respondents=1, organisations=1))
    assert _lede(made).startswith("1 person from 1 organisation answered.")


def test_a_round_answered_together_has_no_agreement_to_speak_of() -> None:
    made = disclosed_round(aspire(), respondents=1, organisations=1, together=True)
    assert _lede(made).startswith("The partnership answered together, in one response.")
    assert "disagree" not in _lede(made)
    assert messages.disagreement_title(made, picture(made)) == "Answered together: one view"


def test_fewer_than_five_organisations_are_too_few_to_speak_of_agreement() -> None:
    made = unlimited(made_result(THREE, [2, 1, 0, 1], organisations=4))
    assert "They are too few to say how far partners agree." in _lede(made)
    assert messages.disagreement_title(made, picture(made)) == "Too few voices to say how far partners agree"


@pytest.mark.parametrize(
    ("voices", "said"),
    [
        ([2, 2, 3, 2], "Views differ, though on no question widely."),
        ([0, 9, 0, 0], "On no question are they far apart."),
    ],
)
def test_views_that_are_nowhere_far_apart_are_spoken_of_as_a_person_would(voices: list[int], said: str) -> None:
    quiet = {q.id: {"knowledge_gap": False} for s in THREE.sections for q in s.questions}
    assert _lede(unlimited(made_result(THREE, voices, questions=quiet))).endswith(said)


def test_the_lede_says_how_many_questions_are_not_shown_and_why() -> None:
    made = disclosed_round(aspire(), respondents=4, organisations=4, withhold=True)
    assert "23 questions are not shown, because too few people answered." in _lede(made)


def test_knowledge_gaps_are_counted() -> None:
    plain = {q.id: {"knowledge_gap": False} for s in THREE.sections for q in s.questions}
    none = unlimited(made_result(THREE, [3, 2, 2, 2], questions=plain))
    one = unlimited(made_result(THREE, [3, 2, 2, 2], questions=plain | {"aims-1": {"knowledge_gap": True}}))
    assert messages.gaps_title(picture(none)) == "No knowledge gap: few chose don’t know"
    assert messages.gaps_title(picture(one)) == "Many don’t know: 1 question"
    assert "On 1 question a quarter or more did not know." in _lede(one)


def test_lists_without_entries_say_that_there_are_none() -> None:
    high, low = unlimited(made_result(THREE, [0, 0, 0, 9])), unlimited(made_result(THREE, [9, 0, 0, 0]))
    assert messages.weak_title(picture(high)) == "No question scores below 50"
    assert messages.strong_title(picture(high)) == "Strong: every question scores 67 or more"
    assert messages.strong_title(picture(low)) == "No question scores 67 or more yet"
    assert messages.disagreement_title(high, picture(high)) == "On no question are views far apart"


def test_lists_of_a_round_without_figures_say_that_answers_are_too_few() -> None:
    chosen = picture(unlimited(made_result(THREE, [0, 0, 0, 0], respondents=0, organisations=0)))
    for title in (messages.strong_title(chosen), messages.weak_title(chosen), messages.gaps_title(chosen)):
        assert title.endswith("too few answers to say")


def _section_lede(made: Disclosed) -> str:
    return messages.section_lede(made.result.definition.sections[0], made.result.sections[0], made.result)


def test_a_sections_opening_gives_score_band_and_agreement() -> None:
    made = unlimited(made_result(THREE, [0, 0, 8, 1]))
    assert _section_lede(made) == "Score 70, mostly level 3. Partners agree."


def test_a_sections_opening_says_on_how_many_questions_many_do_not_know() -> None:
    gaps = {"aims-1": {"knowledge_gap": True}, "aims-2": {"knowledge_gap": False}}
    made = unlimited(made_result(THREE, [0, 0, 8, 1], questions=gaps))
    assert _section_lede(made) == "Score 70, mostly level 3. Partners agree. Many don’t know on 1 question."


def test_a_section_without_a_band_says_what_is_missing() -> None:
    made = unlimited(made_result(THREE, [1, 1, 0, 0], organisations=2))
    assert _section_lede(made).startswith("Not enough answers for a band: 0 of 2 questions have answers from at least")


def test_a_lowered_band_names_the_key_question() -> None:
    made = unlimited(made_result(THREE, [3, 2, 2, 2], sections={"aims": {"capped": True, "capped_by": ("aims-2",)}}))
    assert _section_lede(made).endswith("The band is held down because key question 1.2 scores low.")


def test_a_withheld_score_leaves_the_band_alone() -> None:
    made = unlimited(made_result(THREE, [0, 0, 8, 1], sections={"aims": {"score": None, "score_withheld": True}}))
    assert _section_lede(made).startswith("Mostly level 3. The score is not shown")


def test_a_section_of_withheld_questions_shows_nothing() -> None:
    hidden = {q: {"withheld": True} for q in ("aims-1", "aims-2")}
    made = unlimited(made_result(THREE, questions=hidden, sections={"aims": {"band": None, "score": None}}))
    assert _section_lede(made) == "Too few people answered for anything to be shown."


def test_councillors_are_spoken_of_as_councillors() -> None:
    alone = definition(section("wards", scale_question("a"), scale_question("b"), answered_by=["councillors"]))
    made = unlimited(made_result(alone, [0, 0, 8, 1]))
    assert _section_lede(made).endswith("Councillors agree.")
    assert messages.voices(alone.sections[0], 6) == "6 councillors"


def test_caveats_are_said_in_order_and_only_where_they_hold() -> None:
    made = made_result(aspire(), demo=True, partial=True, invited_organisations=40, dominant_sector="health")
    kinds = [caveat.split(":")[0] for caveat in imprint.caveats(unlimited(made))]
    assert kinds == [
        "Invented answers",
        "A partial picture",
        "An unpiloted questionnaire",
        "One sector supplies more than half of the voices",
    ]
    assert imprint.caveats(unlimited(made_result(definition(status="piloted")))) == ()


def test_the_foot_of_the_page_leaves_out_what_is_not_known() -> None:
    made = made_result(definition(), opened=None, closed=None)
    assert imprint.footer(made, "4f19c2a7ffff") == "Sample version 1, unpiloted · 4f19c2a7"
    assert imprint.when(made) == ""
    assert imprint.short_footer(made, "4f19c2a7ffff") == "Sample · 4f19c2a7"

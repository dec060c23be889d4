from fractions import Fraction

from a2p.definition import catalogue
from a2p.definition.model import Kind
from a2p.definition.support import load_support
from a2p.documents.next_steps import closer_looks, disagreement_prompt, offers, topics
from a2p.documents.picture import picture
from a2p.documents.words import first_sentence
from a2p.scoring.disclosure import unlimited
from a2p.scoring.frozen import FrozenResult
from tests.documents.made import made_result
from tests.documents.rounds import aspire_round

FIRST = catalogue.read("first-look")
CALM = [0, 2, 6, 1]  # no gap, no disagreement, in the middle


def _first_look(
    scores: dict[str, int] | None = None,
    *,
    kind: Kind = "county",
    questions: dict[str, dict[str, object]] | None = None,
) -> FrozenResult:
    """The first look with every section at 60, but for those given; nobody far apart, nobody who doesn't know."""
    quiet: dict[str, dict[str, object]] = {q.id: {"knowledge_gap": False} for s in FIRST.sections for q in s.questions}
    sections = {s.id: {"score": Fraction((scores or {}).get(s.id, 60))} for s in FIRST.sections}
    return made_result(FIRST, CALM, kind=kind, questions=quiet | (questions or {}), sections=sections)


def _ids(result: FrozenResult) -> list[str]:
    return [closer.id for closer in closer_looks(result)]


def test_the_lowest_sections_lead_to_their_questionnaires_three_at_most() -> None:
    assert _ids(_first_look({"delivery": 20, "members": 10, "governance": 30, "place-shaping": 49})) == [
        "member-engagement", "perform", "aspire",
    ]  # fmt: skip


def test_a_knowledge_gap_or_wide_disagreement_calls_a_section_too() -> None:
    gap: dict[str, dict[str, object]] = {FIRST.section("place-shaping").questions[0].id: {"knowledge_gap": True}}
    (closer,) = closer_looks(_first_look(questions=gap))
    assert closer.id == "place-shaping"
    assert closer.why == "Score 60; many don’t know on 1 question"


def test_where_nothing_calls_the_lowest_section_is_named() -> None:
    assert _ids(_first_look({"delivery": 55})) == ["perform"]


def test_two_tier_working_is_never_named_for_a_unitary_partnership() -> None:
    assert _ids(_first_look({"two-tier-working": 10})) == ["two-tier"]
    assert _ids(_first_look({"two-tier-working": 10, "delivery": 55}, kind="unitary")) == ["perform"]


def test_every_section_of_the_first_look_leads_to_a_questionnaire_that_exists() -> None:
    named = {each for section in FIRST.sections for each in _ids(_first_look({section.id: 10}))}
    assert named == {definition.questionnaire for definition in catalogue.all_definitions()} - {"first-look"}


def test_other_questionnaires_and_rounds_without_bands_name_none() -> None:
    assert closer_looks(aspire_round().result) == ()
    assert closer_looks(made_result(FIRST, [0, 0, 0, 0], respondents=0, organisations=0)) == ()


def test_sections_to_talk_about_say_why_they_are_there() -> None:
    first = topics(_first_look({"delivery": 20}))[0]
    assert first.title == "Delivery"
    assert first.why.startswith("Score 20, below the middle")
    assert first.questions == FIRST.section("delivery").discuss


def test_support_is_offered_for_sections_that_call_and_says_which() -> None:
    path = catalogue.support_file()
    assert path is not None
    found = offers(_first_look({"members": 10}), load_support(path).modules)
    assert {offer.why for offer in found} == {"Fits Elected members"}
    assert "Scrutiny of partnerships" in [offer.title for offer in found]
    assert offers(_first_look(), load_support(path).modules) == ()


def test_the_prompt_names_where_views_differ() -> None:
    assert disagreement_prompt(picture(aspire_round())).startswith("Views differ on questions ")
    assert disagreement_prompt(picture(unlimited(_first_look()))) == ""


def test_an_offer_is_told_by_the_first_sentence_of_its_summary() -> None:
    assert first_sentence("A day on figures, e.g. costs. They are checked.") == "A day on figures, e.g. costs."
    assert first_sentence("One sentence") == "One sentence"

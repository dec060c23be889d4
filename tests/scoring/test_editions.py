"""Two results of one round beside one another: what somebody said between the closings can't be had by subtraction."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given as cases
from hypothesis import strategies as st

from a2p.definition.model import Questionnaire
from a2p.scoring.answers import Answer, Councillor, Respondent, State
from a2p.scoring.disclosure import Disclosed, disclose
from a2p.scoring.editions import Difference, Memory, Verdict, difference, said_by, seen_in, verdict
from a2p.scoring.frozen import FrozenResult
from tests.builders import definition, question, scale_question, section
from tests.scoring.made import BLANK, DONT_KNOW, question_in, respondent, round_of


def asked() -> Questionnaire:
    """Two questions for everybody, one after an answer, a text, and a section for councillors alone."""
    return definition(
        section("purpose", scale_question("aim"), scale_question("limits", show_if={"aim": ["level-3", "level-4"]})),
        section("voice", scale_question("heard"), question("story", "text")),
        section("elected", scale_question("told"), answered_by=["councillors"]),
    )


def people(count: int, level: int = 3, *, first: int = 0, organisations: int = 99) -> list[Respondent]:
    """So many people; those from the third organisation on speak for one of their own."""
    return [
        respondent(f"r{n}", f"o{first + n % organisations}", aim=level, limits=level, heard=level)
        for n in range(first, first + count)
    ]


def between(before: Sequence[Respondent], after: Sequence[Respondent], of: Questionnaire | None = None) -> Difference:
    """The difference that a viewer of the first result could see."""
    shown = of or asked()
    old = disclose(round_of(shown, before))
    return difference(shown, said_by(shown, before), said_by(shown, after), seen_in(old))


def second(before: Sequence[Respondent], after: Sequence[Respondent]) -> Disclosed | None:
    """The second result as it is shown, None where it isn't."""
    found = between(before, after)
    return disclose(round_of(asked(), after), held_back=found.too_small) if found.hides_everybody else None


def subtracted(before: FrozenResult, after: FrozenResult, of: str) -> dict[str, int]:
    """What the attacker does: the levels that stand in the later result and not in the earlier one."""
    old, new = question_in(before, of).levels, question_in(after, of).levels
    return {level: new[level] - old[level] for level in old if new[level] != old[level]}


def test_without_protection_one_late_answer_is_the_difference() -> None:
    six = people(6)
    late = [*six, respondent("late", "zoo", aim=1)]
    assert subtracted(disclose(round_of(asked(), six)).result, disclose(round_of(asked(), late)).result, "aim") == {
        "level-1": 1
    }
    assert second(six, late) is None


def test_one_changed_answer_would_stand_in_the_difference_too() -> None:
    six = people(6)
    changed = [*six[:5], respondent("r5", "o5", aim=1, limits=3, heard=3)]
    assert subtracted(round_of(asked(), six), round_of(asked(), changed), "aim") == {"level-1": 1, "level-3": -1}
    assert second(six, changed) is None


def test_who_was_withdrawn_is_in_the_difference_as_well() -> None:
    assert second(people(9), people(8)) is None
    assert second(people(11), people(6)) is not None


def test_five_from_three_organisations_hide_one_another() -> None:
    six = people(6)
    assert second(six, [*six, *people(5, 1, first=10)]) is not None
    assert second(six, [*six, *people(4, 1, first=10)]) is None
    assert second(six, [*six, *people(5, 1, first=10, organisations=3)]) is not None
    assert second(six, [*six, *people(5, 1, first=10, organisations=2)]) is None


def test_where_nobody_answered_otherwise_the_result_is_shown() -> None:
    shown = second(people(6), people(6))
    assert shown is not None
    assert not question_in(shown.result, "aim").withheld


def test_of_a_result_that_showed_nothing_nothing_can_be_subtracted() -> None:
    two = people(2)
    shown = second(two, [*two, *people(3, first=10)])
    assert shown is not None
    assert question_in(shown.result, "aim").answers == 5


def test_a_band_is_a_figure_too_though_its_questions_were_not_shown() -> None:
    four = people(4)
    sections = disclose(round_of(asked(), four)).result.sections
    assert any(each.band is not None for each in sections)
    assert second(four, [*four, *people(1, first=10)]) is None


def test_a_question_that_one_late_partner_answered_is_held_back_with_its_sections_scores() -> None:
    six = people(6)
    late = [*people(4, 1, first=10), respondent("r14", "o14", aim=1)]
    late = [respondent(each.id, each.organisation, aim=1, heard=BLANK) for each in late[:4]] + late[4:]
    late[0] = respondent("r10", "o10", aim=1, heard=4)
    found = between(six, [*six, *late])
    assert (found.people, found.organisations, found.too_small) == (5, 5, frozenset({"heard"}))
    shown = second(six, [*six, *late])
    assert shown is not None
    heard, voice = question_in(shown.result, "heard"), shown.result.sections[1]
    assert (heard.withheld, heard.answered, set(heard.levels.values())) == (True, None, {0})
    assert (voice.score, voice.band, voice.agreement, voice.completeness) == (None, None, None, None)
    assert shown.result.score is None
    assert not question_in(shown.result, "aim").withheld


def test_five_late_answers_of_which_four_are_dont_know_give_the_fifth_away() -> None:
    six = people(6)
    late = [respondent(f"l{n}", f"z{n}", aim=1, heard=DONT_KNOW if n else 4) for n in range(5)]
    assert between(six, [*six, *late]).too_small == {"heard"}


def test_one_late_councillor_among_five_partners_is_held_back_from_the_councillors_section() -> None:
    first = [*people(6), *(respondent(f"c{n}", "county", councillor="other", told=2) for n in range(5))]
    late = [*people(5, first=20), respondent("c9", "county", councillor="other", told=4)]
    assert between(first, [*first, *late]).too_small == {"told"}
    more = [respondent(f"d{n}", "county", councillor="other", told=4) for n in range(5)]
    assert "told" not in between(first, [*first, *people(5, first=20), *more]).too_small


def test_an_organisation_that_somebody_left_changes_what_it_says() -> None:
    six = people(6)
    moved = [*six[:5], respondent("r5", "o0", aim=3, limits=3, heard=3)]
    assert between(six, moved).people == 1


def test_of_a_text_only_whether_there_is_one_counts() -> None:
    told = [respondent(f"r{n}", f"o{n}", aim=3, heard=3, story="Long ago.") for n in range(6)]
    again = [respondent(f"r{n}", f"o{n}", aim=3, heard=3, story="Lately.") for n in range(6)]
    assert between(told, again).people == 0
    assert said_by(asked(), told)["r0"].marks["story"] == State.GIVEN.value


def test_comparisons_of_groups_are_left_out_of_a_successor() -> None:
    councils = [respondent(f"c{n}", f"c{n}", sector="district-council", aim=1, heard=1) for n in range(5)]
    others = [respondent(f"p{n}", f"p{n}", sector="police", aim=4, heard=4) for n in range(5)]
    result = round_of(asked(), [*councils, *others])
    assert disclose(result).result.comparisons
    assert disclose(result, held_back=frozenset()).result.comparisons == ()


def memory(said: Sequence[Respondent], *, of_some: bool = False) -> Memory:
    """A result that was shown whole, of these people and perhaps of others who were erased."""
    return Memory(said_by(asked(), said), frozenset({"aim", "heard"}), of_some)


def test_behind_the_rest_of_a_destroyed_result_nobody_hides_but_five_others() -> None:
    rest = people(8)
    assert verdict(asked(), [memory(rest, of_some=True)], said_by(asked(), rest)) == Verdict(
        shown=True, held_back=frozenset({"aim", "heard"})
    )
    for late, shown in ((4, False), (5, True)):
        after = said_by(asked(), [*rest, *people(late, 1, first=20)])
        assert verdict(asked(), [memory(rest, of_some=True)], after) == Verdict(shown)


def test_no_fourth_result_is_ever_shown() -> None:
    crowds = [people(6 + 5 * n) for n in range(4)]
    before = [memory(crowd) for crowd in crowds[:3]]
    after = said_by(asked(), crowds[3])
    assert verdict(asked(), before[:2], after).shown
    assert not verdict(asked(), before, after).shown
    unseen = Memory(None, frozenset())
    assert verdict(asked(), [*before[:2], unseen, unseen], after).shown, "of what showed no figure nothing is known"


def test_what_is_not_known_any_more_can_not_be_compared() -> None:
    assert not verdict(asked(), [Memory(None, frozenset({"aim"}))], said_by(asked(), people(20))).shown


def somebody(chance: Random, id_: str) -> Respondent:
    """Somebody of one of five organisations, who answers as they like."""
    answers = [Answer(State.GIVEN, f"level-{level}") for level in (1, 2, 3, 4)] + [DONT_KNOW, BLANK]
    said = {name: chance.choice(answers) for name in ("aim", "limits", "heard", "told")}
    councillor: Councillor | None = "other" if chance.random() < 0.3 else None
    return Respondent(id_, f"o{chance.randrange(5)}", councillor=councillor, answers=said)


@cases(st.integers(min_value=0, max_value=10**9))
def test_a_figure_shown_twice_never_differs_by_fewer_people_than_a_question_may_show(seed: int) -> None:
    chance = Random(seed)
    before = [somebody(chance, f"r{n}") for n in range(chance.randrange(5, 14))]
    stay = [somebody(chance, each.id) if chance.random() < 0.3 else each for each in before if chance.random() < 0.9]
    after = [*stay, *(somebody(chance, f"l{n}") for n in range(chance.randrange(9)))]
    later = second(before, after)
    if later is None:
        return
    old, new = disclose(round_of(asked(), before)).result, later.result
    for part, one, two in zip(asked().sections, old.sections, new.sections, strict=True):
        for first, then in zip(one.questions, two.questions, strict=True):
            if not (first.withheld or then.withheld):
                assert hidden_in_a_crowd(first.id, before, after), (part.id, first.id)
        if one.score is not None and two.score is not None:
            assert all(hidden_in_a_crowd(each.id, before, after) for each in part.scale_questions)


def hidden_in_a_crowd(of: str, before: Sequence[Respondent], after: Sequence[Respondent]) -> bool:
    """By hand: nobody's answer to the question moved, or the answers of five people did."""
    old, new = ({each.id: each for each in people_} for people_ in (before, after))
    moved = set()
    for id_ in old.keys() | new.keys():
        one, two = (who.get(id_) for who in (old, new))
        if _told(one, of) != _told(two, of):
            moved.add(id_)
    return not moved or len(moved) >= 5


def _told(who: Respondent | None, of: str) -> object:
    """The voice and answer by which somebody stands in the figures of a question; None where they don't."""
    if who is None or (of == "told") != (who.councillor is not None):
        return None
    aim = who.answers.get("aim", BLANK)
    if of == "limits" and aim.value not in ("level-3", "level-4"):
        return None
    answer = who.answers.get(of, BLANK)
    return (who.organisation, answer.state, answer.value)

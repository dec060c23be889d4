"""What changed between two versions of a questionnaire, in words, and whether `since` accounts for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from a2p.definition.diff_parts import Change, is_answered_otherwise, of_question, of_section, of_whole
from a2p.definition.history import vanished
from a2p.definition.model import Question, Questionnaire, Section


class NotVersions(ValueError):
    """The two definitions are not an older and a newer version of one questionnaire. The message says why."""


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes in the order of the new version. `unaccounted`: ids that vanished and are in no `since`.

    `notes` are what a reader should know before publishing; they are no errors.
    """

    changes: tuple[Change, ...]
    unaccounted: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The parts of the old version by the ids that they have in the new one, and the old id of each."""

    sections: dict[str, Section]
    questions: dict[str, Question]
    home: dict[str, str]  # a question's new id -> the new id of the section that it was in
    renamed: dict[str, str]  # old id -> new id, where they differ


def difference(old: Questionnaire, new: Questionnaire) -> Difference:
    """What the newer version changes. NotVersions if these are two questionnaires, or the newer one comes first."""
    if old.questionnaire != new.questionnaire:
        raise NotVersions(f"these are two questionnaires, {old.questionnaire} and {new.questionnaire}")
    if old.version > new.version:
        raise NotVersions(f"the first is version {old.version} and the second version {new.version}: older first")
    pairs = _paired(old, new)
    changes = (*of_whole(old, new), *_sections(new, pairs), *_removed(old, new, pairs))
    return Difference(changes, vanished(new, old), tuple(_notes(old, new, pairs, bool(changes))))


def _paired(old: Questionnaire, new: Questionnaire) -> _Pairs:
    now = {each: _new_id(each, old, new) for each in _ids(old)}
    sections = {now[section.id]: section for section in old.sections}
    questions = {now[question.id]: question for section in old.sections for question in section.questions}
    home = {now[question.id]: now[section.id] for section in old.sections for question in section.questions}
    return _Pairs(sections, questions, home, {was: to for was, to in now.items() if was != to})


def _new_id(identity: str, old: Questionnaire, new: Questionnaire) -> str:
    """Follows an id through the renamings since the old version."""
    for number in sorted(new.since):
        if old.version < number <= new.version:
            identity = new.since[number].renamed.get(identity, identity)
    return identity


def _ids(definition: Questionnaire) -> list[str]:
    return [part.id for section in definition.sections for part in (section, *section.questions)]


def _sections(new: Questionnaire, pairs: _Pairs) -> Iterator[Change]:
    moved = _moved(list(pairs.sections), [section.id for section in new.sections])
    for section in new.sections:
        place = f'Section "{section.title}" ({section.id})'
        before = pairs.sections.get(section.id)
        if before is None:
            number = len(section.questions)
            yield Change(place, f"added, with {number} question{'s' if number > 1 else ''}")
        else:
            if before.id != section.id:
                yield Change(place, f"renamed from {before.id}")
            if section.id in moved:
                yield Change(place, "moved to another place in the order")
            yield from of_section(place, before, section)
        yield from _questions(section, new, pairs)


def _questions(section: Section, new: Questionnaire, pairs: _Pairs) -> Iterator[Change]:
    was_here = [each for each, home in pairs.home.items() if home == section.id]
    moved = _moved(was_here, [question.id for question in section.questions])
    titles = {each.id: each.title for each in (*pairs.sections.values(), *new.sections)}
    for question in section.questions:
        place = f"Question {question.id}, in {section.id}"
        before = pairs.questions.get(question.id)
        if before is None:
            yield Change(place, "added", after=question.ask)
            continue
        if before.id != question.id:
            yield Change(place, f"renamed from {before.id}")
        home = pairs.home[question.id]
        if home != section.id:
            yield Change(place, f'moved here from section "{titles.get(home, home)}"')
        elif question.id in moved:
            yield Change(place, "moved to another place in its section")
        yield from of_question(place, before, question, pairs.renamed)


def _removed(old: Questionnaire, new: Questionnaire, pairs: _Pairs) -> Iterator[Change]:
    """What the new version no longer has, under the ids and texts of the old one."""
    sections = {section.id for section in new.sections}
    questions = {question.id for section in new.sections for question in section.questions}
    retired = {each for number, entry in new.since.items() if number > old.version for each in entry.retired}
    for now, section in pairs.sections.items():
        if now not in sections:
            yield Change(f'Section "{section.title}" ({section.id})', _how_it_went(now, retired))
    for now, question in pairs.questions.items():
        if now not in questions:
            yield Change(f"Question {question.id}", _how_it_went(now, retired), before=question.ask)


def _how_it_went(identity: str, retired: set[str]) -> str:
    return "removed: since says it is retired" if identity in retired else "removed, and since does not say so"


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Those in both lists that stand in another order; as few as explain it."""
    kept, now = [each for each in before if each in after], [each for each in after if each in before]
    blocks = SequenceMatcher(None, kept, now, autojunk=False).get_matching_blocks()
    return set(kept) - set(chain.from_iterable(kept[block.a : block.a + block.size] for block in blocks))


def _notes(old: Questionnaire, new: Questionnaire, pairs: _Pairs, changed: bool) -> Iterator[str]:
    if changed and old.version == new.version:
        yield f"both are version {new.version}: a version once published stays as it is, so raise the number first"
    entries = {number: entry for number, entry in new.since.items() if number > old.version}
    said = {each for entry in entries.values() for each in entry.changed_meaning}
    for each in sorted(said):
        yield f"since says that {each} changed its meaning: its answers are not compared with earlier ones"
    for each, before in pairs.questions.items():
        after = next((q for section in new.sections for q in section.questions if q.id == each), None)
        if after and each not in said and is_answered_otherwise(before, after, old, new):
            yield f"{each} offers other answers than before, and since does not list it under changed_meaning"
    if new.version == old.version + 1:
        known = set(_ids(old))
        for entry in entries.values():
            for each in chain(entry.renamed, entry.retired):
                if each not in known:
                    yield f"since speaks of {each}, which version {old.version} does not have"

"""Saving a posted section, the same for answers, facts and evidence: save what is in order, say what is wrong, and ask
where somebody else saved meanwhile. Nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from werkzeug.datastructures import MultiDict

from a2p.scoring.answer_words import Shown
from a2p.scoring.answers import Answer
from a2p.store.answers import Stored
from a2p.web.forms.kept import Kept
from a2p.web.forms.parts import Asked, FieldError, Values
from a2p.web.forms.registry import kind_of
from a2p.web.forms.section import Reading, SectionForm

MINE, THEIRS = "mine", "theirs"
Posted: TypeAlias = Mapping[str, Sequence[str]]
Read: TypeAlias = Callable[[], Mapping[str, Kept]]
Save: TypeAlias = Callable[[Mapping[str, Answer], Mapping[str, int]], Mapping[str, Kept]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section's answers are kept: its form, the questions on its page, what is `stored`, and how to save.

    `save` takes answers and the editions they saw, by question id, and returns what stands where it clashed; `read`
    reads again what is stored then.
    """

    form: SectionForm
    on_page: Sequence[str]
    stored: Mapping[str, Kept]
    read: Read
    save: Save


@dataclass(frozen=True, slots=True)
class Saved:
    """Everything was saved."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Some answers are not in order; the others were saved. `values` fill the page again, as typed."""

    values: Values
    errors: Mapping[str, tuple[FieldError, ...]]


@dataclass(frozen=True, slots=True)
class Clash:
    """Two answers to one question: the stored one and the typed one, with the fields that post the typed one again."""

    asked: Asked
    theirs: Shown
    mine: Shown
    fields: tuple[tuple[str, str], ...]
    chosen: bool = True


def save_posted(place: Place, form_data: MultiDict[str, str]) -> Saved | Wrong | tuple[Clash, ...]:
    """Save a posted section. The caller commits whatever comes back."""
    posted = {name: tuple(form_data.getlist(name)) for name in form_data}
    undecided, posted = _decided(place, posted)
    reading = place.form.read(posted, place.on_page)
    if undecided:
        return _ask_again(place, reading, undecided)
    clashes = place.save(reading.changed, reading.editions)
    if reading.errors:
        return _wrong(place, reading, clashes)
    return tuple(_clash(place, reading, question, kept) for question, kept in clashes.items()) or Saved()


def marks_of(place: Place, form_data: MultiDict[str, str]) -> dict[str, str]:
    """The marks of what is stored now, by field, for a page that stays open: of the questions alone whose stored answer
    is the one that was posted. Where another's answer stands, the page keeps its mark and clashes when it saves again.
    """
    reading = place.form.read({name: form_data.getlist(name) for name in form_data}, place.on_page)
    stored = place.read()
    kept = [(asked, stored.get(asked.id, Kept())) for asked in place.form.asked if asked.id in reading.answers]
    return {asked.field("v"): found.mark for asked, found in kept if found.answer == reading.answers[asked.id]}


def _decided(place: Place, posted: Posted) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """From the page that asks which answer to keep: what is not decided, and the fields without those of "theirs"."""
    asked = set(posted.get("clash", ()))
    decisions = {question: (posted.get(f"k-{question}") or ("",))[0] for question in asked}
    dropped = {each.field("v") for each in place.form.asked if decisions.get(each.id) == THEIRS}
    undecided = {question for question, decision in decisions.items() if decision not in (MINE, THEIRS)}
    return undecided, {name: tuple(texts) for name, texts in posted.items() if name not in dropped}


def _ask_again(place: Place, reading: Reading, undecided: set[str]) -> tuple[Clash, ...]:
    kept = place.stored
    asked = [question for question in reading.answers if question in kept]
    return tuple(
        _clash(place, reading, question, kept[question], chosen=question not in undecided) for question in asked
    )


def _wrong(place: Place, reading: Reading, clashes: Mapping[str, Kept]) -> Wrong:
    """The page again: what is stored, with what was typed over it where that isn't stored yet."""
    unsaved = [each for each in place.form.asked if each.id in reading.errors or each.id in clashes]
    typed_again = {name for each in unsaved for name in kind_of(each).fields(each)}
    typed = {name: texts for name, texts in reading.values.items() if name in typed_again}
    emptied = dict.fromkeys(typed_again, ())
    return Wrong({**place.form.values(place.read()), **emptied, **typed}, reading.errors)


def _clash(place: Place, reading: Reading, question: str, kept: Kept, *, chosen: bool = True) -> Clash:
    asked = next(each for each in place.form.asked if each.id == question)
    kind = kind_of(asked)
    names = [name for name in kind.fields(asked) if name != asked.field("v")]
    fields = [(name, text) for name in names for text in reading.values.get(name, ())]
    fields.append((asked.field("v"), kept.mark))
    return Clash(
        asked, kind.shown(asked, kept.answer), kind.shown(asked, reading.answers[question]), tuple(fields), chosen
    )


def undecided(clashes: Iterable[Clash]) -> list[dict[str, str]]:
    """The error summary of the page that asks which answer to keep."""
    text = "Select which answer to keep for {}"
    return [
        {"html": clash.asked.quoting(text.format(clash.asked.quoted)), "href": "#" + clash.asked.element("mine")}
        for clash in clashes
        if not clash.chosen
    ]


def typed_again(place: Place, typed: Values) -> Values:
    """What fills the page: what is stored, with `typed` over it, marks and all, where it has a question's fields."""
    again = [each for each in place.form.asked if each.field("v") in typed]
    own = {name for each in again for name in kind_of(each).fields(each)}
    emptied: Values = dict.fromkeys(own, ())
    return {**place.form.values(place.stored), **emptied, **{name: typed[name] for name in own if name in typed}}


def kept(stored: Mapping[str, Stored]) -> dict[str, Kept]:
    """Stored answers as forms take them."""
    return {question: Kept(each.answer, each.edition) for question, each in stored.items()}

"""The rules of `show_if`: it looks back, to a question with listed answers, put to the same people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from a2p.definition.problems import closest, one_of, shown
from a2p.definition.tree import Cursor, Finding

_SOURCES = {"scale", "choice", "choices"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, where it stands in the order, and whose voices answer it."""

    question: Cursor
    place: int
    audience: frozenset[str]

    @property
    def kind(self) -> str:
        return self.question.at("type").text or "scale"


def conditions(root: Cursor) -> Iterator[Finding]:
    """Every mistake in a `show_if`."""
    asked = _all_asked(root)
    by_id: dict[str, _Asked] = {}
    for each in asked:
        by_id.setdefault(each.question.at("id").text, each)
    for each in asked:
        for source, answers in each.question.at("show_if").entries():
            yield from _condition(root, each, source, answers, by_id)


def _all_asked(root: Cursor) -> list[_Asked]:
    found: list[_Asked] = []
    for section in root.at("sections").elements():
        listed = frozenset(text for text, _ in section.at("answered_by").items()) or frozenset({"partners"})
        # Beside others the coordinator gives evidence, not answers.
        audience = listed if listed == {"coordinator"} else listed - {"coordinator"}
        found += [_Asked(each, len(found) + n, audience) for n, each in enumerate(section.at("questions").elements())]
    return found


def _condition(
    root: Cursor, asked: _Asked, source: str, answers: Cursor, by_id: dict[str, _Asked]
) -> Iterator[Finding]:
    known = by_id.get(source)
    if known is None:
        earlier = [name for name, each in by_id.items() if each.place < asked.place]
        yield Finding(answers.path, f"no question is called {shown(source)}", closest(source, earlier), key=True)
    elif known.place >= asked.place:
        itself = "the question itself" if known.place == asked.place else "a question that comes later"
        yield Finding(answers.path, f"show_if looks back only, and {shown(source)} is {itself}", key=True)
    elif known.kind not in _SOURCES:
        what = f"{shown(source)} is a {shown(known.kind)} question: show_if needs {one_of(sorted(_SOURCES))}"
        yield Finding(answers.path, what, key=True)
    else:
        if not known.audience & asked.audience:
            what = f"nobody who is asked this is asked {shown(source)}, so it would never be shown"
            yield Finding(answers.path, what, key=True)
        yield from _answers(root, known, answers)


def _answers(root: Cursor, source: _Asked, answers: Cursor) -> Iterator[Finding]:
    if source.kind == "scale":
        offered = root.at("scales", source.question.at("scale").text)
    else:
        offered = source.question.at("options")
    known = [each.at("id").text for each in offered.elements()]
    for text, item in answers.items():
        if known and text not in known:
            what = f"{source.question.at('id').text} has no answer {shown(text)}"
            yield Finding(item.path, what, closest(text, known))

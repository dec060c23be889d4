"""Overlays: the same questionnaire in another language, or in local words. They hold texts and no structure.

`aspire.cy.yaml` is the layer of a language, `aspire.local.yaml` that of local words. What a layer does not say stays as
the layer below has it: base, then language, then local.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path as FilePath
from typing import Literal, get_args

from pydantic import Field

from a2p.definition.canonical import sha256
from a2p.definition.model import Id, Language, Part, Questionnaire, Text
from a2p.definition.nodes import read_tree
from a2p.definition.overlay_texts import Texts, overlaid, places
from a2p.definition.problems import MOST, DefinitionErrors, closest, one_of
from a2p.definition.shape import fit
from a2p.definition.tree import Cursor, Finding, Path, Tree


class QuestionTexts(Part):
    """A question's texts: levels and options by id, advice by position."""

    ask: Text | None = None
    help: Text | None = None
    evidence: Text | None = None
    unit: Text | None = None
    levels: dict[Id, Text] = Field(default_factory=dict)
    options: dict[Id, Text] = Field(default_factory=dict)
    advise: tuple[Text, ...] = ()


class SectionTexts(Part):
    """A section's texts: questions by id, workshop questions by position."""

    title: Text | None = None
    about: Text | None = None
    discuss: tuple[Text, ...] = ()
    questions: dict[Id, QuestionTexts] = Field(default_factory=dict)


class OverlayTexts(Part):
    """An overlay file. `overlay` is the questionnaire's id; scales' and bands' labels are keyed by id."""

    overlay: Id
    language: Language | None = None
    title: Text | None = None
    subtitle: Text | None = None
    about: Text | None = None
    scales: dict[Id, dict[Id, Text]] = Field(default_factory=dict)
    bands: dict[Id, Text] = Field(default_factory=dict)
    sections: dict[Id, SectionTexts] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overlay:
    """An overlay and the layer that its file's name says it is."""

    layer: Literal["language", "local"]
    content: OverlayTexts

    @property
    def sha256(self) -> str:
        """What a round pins, 64 hexadecimal digits."""
        return sha256(self.content)

    @property
    def texts(self) -> Texts:
        """The texts it gives, by place."""
        given = self.content.model_dump(exclude_none=True, exclude={"overlay", "language"})
        return dict(_leaves(given, ()))


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield from _leaves(inside, (*path, str(key)))
    elif isinstance(value, tuple | list):
        for place, inside in enumerate(value):
            yield from _leaves(inside, (*path, place))


def load_overlay(path: FilePath, base: Questionnaire | None) -> Overlay:
    """The overlay in a file; see parse_overlay. OSError if it can't be read."""
    return parse_overlay(path.read_bytes(), str(path), base)


def parse_overlay(data: bytes, name: str, base: Questionnaire | None) -> Overlay:
    """The overlay in these bytes, `name` being its file's name. DefinitionErrors holds all mistakes.

    Without a base, which is how a check goes on when the base itself has mistakes, ids are not looked up in it.
    """
    tree = read_tree(data, name)
    content, findings = fit(tree, OverlayTexts)
    suffix = FilePath(name).stem.rpartition(".")[2]
    if not tree.broken and isinstance(tree.value, dict):
        findings += _named(tree.root, FilePath(name).stem)
        findings += _unknown(tree, base, {found.path for found in findings}) if base else []
    problems = tree.problems(findings)
    if problems or content is None:
        raise DefinitionErrors(problems)
    return Overlay("local" if suffix == "local" else "language", content)


def base_of(path: FilePath) -> str:
    """The id of the questionnaire that an overlay's file name says it is for."""
    return path.stem.rpartition(".")[0] or path.stem


def _named(root: Cursor, stem: str) -> Iterator[Finding]:
    base, _, suffix = stem.rpartition(".")
    languages = get_args(Language)
    if suffix not in {*languages, "local"} or not base:
        wanted = one_of(f"{base or stem}.{layer}.yaml" for layer in (*languages, "local"))
        yield Finding((), f"an overlay's file is called {wanted}")
        return
    overlay, language = root.at("overlay"), root.at("language")
    if overlay.text and overlay.text != base:
        yield Finding(overlay.path, f"the file is called {stem}.yaml, so this must be {base}")
    if suffix in languages and language.text != suffix:
        yield Finding(language.path, f"the file is called {stem}.yaml, so the language must be {suffix}")


def _unknown(tree: Tree, base: Questionnaire, said: set[Path]) -> Iterator[Finding]:
    """Texts for what the base does not have, said once at the first step that leads nowhere."""
    known = {place[:length] for place in places(base) for length in range(1, len(place) + 1)}
    lost: dict[Path, None] = {}
    for path in _given(tree.root):
        wrong = next((path[:length] for length in range(1, len(path) + 1) if path[:length] not in known), None)
        if wrong and wrong not in said:
            lost[wrong] = None
    for path in islice(lost, MOST):
        beside = [place[-1] for place in known if place[:-1] == path[:-1]]
        if isinstance(path[-1], int):
            yield Finding(path, f"{base.questionnaire} has only {len(beside)} here")
        else:
            names = [str(each) for each in beside]
            yield Finding(
                path, f"{base.questionnaire} has nothing of this name here", closest(path[-1], names), key=True
            )


def _given(cursor: Cursor) -> Iterator[Path]:
    """The places of all that an overlay gives, its own id and language aside; an empty group counts too."""
    inside = [*(each for _, each in cursor.entries()), *cursor.elements()]
    for each in inside:
        if each.path not in {("overlay",), ("language",)}:
            yield from _given(each)
    if not inside and cursor.path:
        yield cursor.path


def missing(base: Questionnaire, overlay: Overlay) -> tuple[Path, ...]:
    """The places whose text a language's overlay does not give, so that the base's stands; local words may be as few as
    one likes."""
    if overlay.layer == "local":
        return ()
    given = overlay.texts
    return tuple(place for place, text in places(base).items() if text is not None and place not in given)


def layerings(base: Questionnaire, overlays: Iterable[Overlay]) -> tuple[tuple[Overlay, ...], ...]:
    """The ways to lay a questionnaire's overlays over it, without that of none: each language, the local words, and
    these over each language. Local words that name their language are laid over texts in that one alone."""
    own = [each for each in overlays if each.content.overlay == base.questionnaire]
    languages = [(each,) for each in own if each.layer == "language"]
    return tuple(
        (*beneath, *above)
        for beneath in ((), *languages)
        for above in ((), *((each,) for each in own if each.layer == "local"))
        if (beneath or above) and suit(base, (*beneath, *above))
    )


def suit(base: Questionnaire, overlays: Iterable[Overlay]) -> bool:
    """Whether local words among these overlays are for the language in which the others leave the texts."""
    by_layer = {each.layer: each.content.language for each in overlays}
    return by_layer.get("local") in {None, by_layer.get("language") or base.language}


def apply(base: Questionnaire, overlays: Iterable[Overlay]) -> Questionnaire:
    """The questionnaire as people see it: base < language < local. Ids, scales and conditions stay the base's."""
    shown = base
    for overlay in sorted(overlays, key=lambda each: each.layer == "local"):
        shown = overlaid(shown, overlay.texts)
        if overlay.layer == "language" and overlay.content.language:
            shown = shown.model_copy(update={"language": overlay.content.language})
    return shown

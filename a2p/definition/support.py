"""The catalogue of support in `support.yaml`: what a programme can offer, and to which sections' answers it speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from a2p.definition.model import Id, Part, Text
from a2p.definition.nodes import read_tree
from a2p.definition.problems import MOST, DefinitionErrors, closest, shown
from a2p.definition.shape import fit
from a2p.definition.tree import Cursor, Finding

FILE_NAME = "support.yaml"

Served: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", max_length=121)]


class Module(Part):
    """One thing on offer. `serves` lists sections as `questionnaire/section`."""

    id: Id
    title: Text
    summary: Text
    format: Literal["workshop", "peer-visit", "reading", "mentoring"]
    length: Text
    serves: tuple[Served, ...] = ()


class Support(Part):
    """The whole catalogue."""

    modules: Annotated[tuple[Module, ...], Field(min_length=1)]


def load_support(path: Path, sections: Mapping[str, frozenset[str]] | None = None) -> Support:
    """The catalogue in a file; see parse_support. OSError if it can't be read."""
    return parse_support(path.read_bytes(), str(path), sections)


def parse_support(data: bytes, name: str, sections: Mapping[str, frozenset[str]] | None = None) -> Support:
    """The catalogue in these bytes. Given the section ids by questionnaire, what a module serves must be among them.

    DefinitionErrors holds all mistakes.
    """
    tree = read_tree(data, name)
    support, findings = fit(tree, Support)
    findings += _same_ids(tree.root)
    if sections is not None:
        findings += islice(_served(tree.root, sections), MOST)
    problems = tree.problems(findings)
    if problems or support is None:
        raise DefinitionErrors(problems)
    return support


def modules_beside(folder: Path) -> frozenset[str] | None:
    """The ids of the modules in this folder's catalogue, right in all else or not; None where there is no catalogue."""
    try:
        data = (folder / FILE_NAME).read_bytes()
    except OSError:
        return None
    modules = read_tree(data, FILE_NAME).root.at("modules").elements()
    return frozenset(module.at("id").text for module in modules) - {""}


def _same_ids(root: Cursor) -> Iterator[Finding]:
    seen: set[str] = set()
    for module in root.at("modules").elements():
        identity = module.at("id")
        if identity.text in seen:
            yield Finding(identity.path, f"the id {shown(identity.text)} is taken by a module above")
        seen |= {identity.text} - {""}


def _served(root: Cursor, sections: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    known = {f"{questionnaire}/{section}": None for questionnaire, ids in sections.items() for section in ids}
    for module in root.at("modules").elements():
        for text, item in module.at("serves").items():
            if "/" in text and text not in known:
                yield Finding(item.path, f"there is no section {shown(text)}", closest(text, known))

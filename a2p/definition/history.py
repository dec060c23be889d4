"""The rules of `since`: what each version after the first changed, so that answers can be matched over time."""

from __future__ import annotations

from collections.abc import Iterator

from a2p.definition.model import Questionnaire
from a2p.definition.problems import closest, shown
from a2p.definition.tree import Cursor, Finding

# A slip such as version 20261122 should not bring millions of errors.
_MOST_VERSIONS = 1000


def changes(root: Cursor) -> Iterator[Finding]:
    """Every mistake in `since`."""
    version = root.at("version").value
    entries = {int(key): entry for key, entry in root.at("since").entries() if key.isascii() and key.isdigit()}
    if isinstance(version, int) and not isinstance(version, bool):
        for number in range(2, min(version, _MOST_VERSIONS) + 1):
            if number not in entries:
                yield Finding(("since",), f"version {number} is missing: say what it changed ({{}} if only wording)")
        for number, entry in entries.items():
            if number > version:
                yield Finding(entry.path, f"this is version {version}, so nothing changed in {number} yet", key=True)
    present = _ids(root)
    # From the newest back: what a version speaks of must be here still, or have ended in a later one.
    known = set(present)
    for _, entry in sorted(entries.items(), key=lambda each: each[0], reverse=True):
        yield from _entry(entry, present, known)
        known |= _ended(entry)


def _entry(entry: Cursor, present: set[str], known: set[str]) -> Iterator[Finding]:
    for old, new in entry.at("renamed").entries():
        if old in present:
            yield Finding(new.path, f"{shown(old)} was renamed, but is still here", key=True)
        if new.text and new.text not in known:
            yield Finding(new.path, f"nothing is called {shown(new.text)}", closest(new.text, known))
    for old, item in entry.at("retired").items():
        if old in present:
            yield Finding(item.path, f"{shown(old)} was retired, but is still here")
    for changed, item in entry.at("changed_meaning").items():
        if changed not in known:
            yield Finding(item.path, f"nothing is called {shown(changed)}", closest(changed, known))


def _ids(root: Cursor) -> set[str]:
    sections = root.at("sections").elements()
    parts = [*sections, *(question for section in sections for question in section.at("questions").elements())]
    return {part.at("id").text for part in parts} - {""}


def _ended(entry: Cursor) -> set[str]:
    renamed = {old for old, _ in entry.at("renamed").entries()}
    return renamed | {old for old, _ in entry.at("retired").items()}


def vanished(definition: Questionnaire, published: Questionnaire) -> tuple[str, ...]:
    """Ids of a published version that this one neither has, nor renamed, nor retired; it must not be published so."""
    versions = [entry for number, entry in definition.since.items() if number > published.version]
    accounted = {old for entry in versions for old in (*entry.renamed, *entry.retired)} | set(_all_ids(definition))
    return tuple(each for each in _all_ids(published) if each not in accounted)


def _all_ids(definition: Questionnaire) -> list[str]:
    return [part.id for section in definition.sections for part in (section, *section.questions)]

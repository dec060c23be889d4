"""Where the definitions are, and how to get at one by its id or by its path."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from a2p.definition.loader import load
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, base_of, load_overlay
from a2p.definition.problems import closest, shown
from a2p.definition.support import FILE_NAME, Module, load_support


class UnknownQuestionnaire(LookupError):
    """No definition has this id, and no file this path. The message says which there are."""


def folder() -> Path:
    """The folder of definitions: A2P_QUESTIONNAIRES if set, else `questionnaires` beside the a2p package."""
    given = os.environ.get("A2P_QUESTIONNAIRES")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "questionnaires"


def definition_files() -> tuple[Path, ...]:
    """The definitions' files, by name."""
    return tuple(sorted(path for path in folder().glob("*.yaml") if path.name != FILE_NAME))


def overlay_files() -> tuple[Path, ...]:
    """The overlays' files, by name."""
    return tuple(sorted((folder() / "overlays").glob("*.yaml")))


def support_file() -> Path | None:
    """The support catalogue's file, if there is one."""
    path = folder() / FILE_NAME
    return path if path.is_file() else None


def find(questionnaire: str) -> Path:
    """The file of a definition, given by id or by path. UnknownQuestionnaire if there is neither."""
    known = {path.stem: path for path in definition_files()}
    if questionnaire in known:
        return known[questionnaire]
    path = Path(questionnaire)
    if path.exists() and not path.is_dir():
        return path
    meant = closest(questionnaire, known)
    hint = f" Did you mean {meant}?" if meant else ""
    raise UnknownQuestionnaire(
        f"There is no questionnaire or file called {shown(questionnaire)}.{hint} "
        f"The questionnaires in {folder()} are: {', '.join(known) or 'none'}."
    )


def read(questionnaire: str) -> Questionnaire:
    """A definition by id or path. UnknownQuestionnaire, OSError, or DefinitionErrors with all its mistakes."""
    return load(find(questionnaire))


def all_definitions() -> tuple[Questionnaire, ...]:
    """Every definition, by id. DefinitionErrors of the first file that has any."""
    return tuple(load(path) for path in definition_files())


def all_overlays() -> tuple[Overlay, ...]:
    """The languages and the local words there are, by questionnaire. UnknownQuestionnaire for a file that is for none;
    DefinitionErrors of the first with mistakes."""
    return tuple(load_overlay(path, read(base_of(path))) for path in overlay_files())


def support_modules() -> tuple[Module, ...]:
    """The support modules offered here, in the order of the catalogue; none where there is no catalogue."""
    found = support_file()
    return _modules(found, found.stat().st_mtime_ns) if found else ()


@lru_cache(maxsize=1)
def _modules(file: Path, _changed: int) -> tuple[Module, ...]:
    """The modules of a catalogue as it was after this change; documents ask for them often."""
    return load_support(file).modules

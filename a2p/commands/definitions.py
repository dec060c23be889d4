"""Reading the questionnaire that a command names and the overlays for it, with every problem told plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition.canonical import sha256
from a2p.definition.catalogue import UnknownQuestionnaire, read
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from a2p.definition.overlay import Overlay, apply, parse_overlay, suit
from a2p.definition.problems import DefinitionErrors

overlay_option = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="FILE.yaml",
    help="In its words: another language, such as aspire.cy.yaml, or local words. Give it twice for both.",
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A questionnaire in the words of its overlays, which have the hashes `overlays`; without them `base_sha256`."""

    definition: Questionnaire
    base_sha256: str
    overlays: tuple[str, ...] = ()


def read_worded(questionnaire: str, overlays: Sequence[str] = ()) -> Worded:
    """The definition by id or path, with the overlays in these files laid over it: a language, then local words.

    InputError as `read_definition`, and with every located error of the overlays.
    """
    return with_overlays(read_definition(questionnaire), overlays)


def with_overlays(base: Questionnaire, files: Sequence[str]) -> Worded:
    """A definition with the overlays in these files laid over it. InputError with every located error of theirs."""
    layers: dict[str, Overlay] = {}
    for file in files:
        overlay = _overlay(file, base)
        if overlay.layer in layers:
            raise InputError("--overlay takes one file of a language and one of local words, and no second of either.")
        layers[overlay.layer] = overlay
    ordered = [layers[layer] for layer in ("language", "local") if layer in layers]
    if not suit(base, ordered):
        lies_over = layers["language"].content.language if "language" in layers else base.language
        said = f"these local words are for the questionnaire in {layers['local'].content.language}"
        raise InputError(f"--overlay: {said}, and it is in {lies_over} here.")
    return Worded(apply(base, ordered), sha256(base), tuple(each.sha256 for each in ordered))


def _overlay(file: str, base: Questionnaire) -> Overlay:
    data, name = bytes_from(file), name_of(file)
    try:
        meant = parse_overlay(data, name, None).content.overlay
        if meant != base.questionnaire:
            raise InputError(f"{name}: it is an overlay of {meant}, not of {base.questionnaire}.")
        return parse_overlay(data, name, base)
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors


def read_definition(questionnaire: str) -> Questionnaire:
    """The definition by id or path, or from standard input for `-`.

    InputError with every located error of the file, or what ids there are.
    """
    try:
        if questionnaire == STANDARD_INPUT:
            return parse(bytes_from(STANDARD_INPUT), name_of(STANDARD_INPUT))
        return read(questionnaire)
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    except UnknownQuestionnaire as problem:
        folder = f"{questionnaire} is a folder. " if questionnaire and Path(questionnaire).is_dir() else ""
        raise InputError(f"{folder}{problem}") from problem
    except OSError as problem:
        raise InputError(f"{questionnaire} can't be read: {problem.strerror}.") from problem

"""Reading the questionnaire that a command names, with every problem told plainly."""

from __future__ import annotations

from pathlib import Path

from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition.catalogue import UnknownQuestionnaire, read
from a2p.definition.loader import parse
from a2p.definition.model import Questionnaire
from a2p.definition.problems import DefinitionErrors


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

"""Reading the questionnaire that a command names, with every problem told plainly."""

from __future__ import annotations

from a2p.commands.problems import InputError
from a2p.definition.library import UnknownQuestionnaire, read
from a2p.definition.model import Questionnaire
from a2p.definition.problems import DefinitionErrors


def read_definition(questionnaire: str) -> Questionnaire:
    """The definition by id or path. InputError with every located error of the file, or what ids there are."""
    try:
        return read(questionnaire)
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    except (UnknownQuestionnaire, OSError) as problem:
        raise InputError(str(problem)) from problem

"""How a command gets at the questionnaire that a person names."""

from __future__ import annotations

from a2p.commands.problems import InputError
from a2p.definition import library
from a2p.definition.model import Questionnaire
from a2p.definition.problems import DefinitionErrors


def read_definition(questionnaire: str) -> Questionnaire:
    """A definition by id or by path. InputError with every mistake in it, or saying that there is none."""
    try:
        return library.read(questionnaire)
    except DefinitionErrors as errors:
        raise InputError([str(problem) for problem in errors.problems]) from errors
    except library.UnknownQuestionnaire as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(f"{questionnaire} can't be read: {error.strerror}.") from error

"""Reads a definition: from a file or from bytes, to a Questionnaire or to everything that is wrong with it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from a2p.definition.model import Questionnaire
from a2p.definition.nodes import read_tree
from a2p.definition.problems import MOST, DefinitionErrors
from a2p.definition.rules import Surroundings, broken_rules
from a2p.definition.shape import fit
from a2p.definition.support import modules_beside

ANYWHERE = Surroundings()


def load(path: Path) -> Questionnaire:
    """The definition in a file.

    DefinitionErrors holds all its mistakes; OSError if it can't be read. In a folder called `questionnaires` the file
    must be called after its id; support modules are checked where `support.yaml` lies beside it.
    """
    return parse(path.read_bytes(), str(path), surroundings_of(path))


def surroundings_of(path: Path) -> Surroundings:
    """What a file's place asks of it."""
    folder = path.resolve().parent
    return Surroundings(path.stem if folder.name == "questionnaires" else None, modules_beside(folder))


def parse(data: bytes, name: str, around: Surroundings = ANYWHERE) -> Questionnaire:
    """The definition in these bytes; `name` stands in front of every error. DefinitionErrors holds all mistakes."""
    tree = read_tree(data, name)
    definition, misfits = fit(tree, Questionnaire)
    if not tree.broken and isinstance(tree.value, dict):
        misfits += islice(broken_rules(tree.root, around), MOST)
    problems = tree.problems(misfits)
    if problems or definition is None:
        raise DefinitionErrors(problems)
    return definition

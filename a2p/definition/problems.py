"""What is wrong with a file, and where: the one shape for every error of definitions, overlays and the support list."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

# Of each kind of check: a file with more is no questionnaire, and finding what each was meant to be takes minutes.
MOST = 1000
# As many words are compared with one that is unknown.
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake at a line and column, both counted from 1. `suggestion` is the word that was probably meant."""

    line: int
    column: int
    where: str
    what: str
    suggestion: str = ""
    file: str = ""

    def __str__(self) -> str:
        meant = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return f"{self.file}:{self.line}:{self.column}: {self.where}: {self.what}{meant}"


class DefinitionErrors(Exception):
    """A file that can't be used, with everything that is wrong with it in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = sorted(set(problems))
        if len(found) >= MOST:
            found.append(
                replace(found[-1], where="the file", what="there may be more: mend these first", suggestion="")
            )
        self.problems = tuple(found)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def closest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" where none is like it."""
    if len(word) > 60:
        return ""
    alike = (each for each in known if abs(len(each) - len(word)) <= max(3, len(word) // 2))
    matches = difflib.get_close_matches(word, list(islice(alike, _MOST_WORDS)), n=1, cutoff=0.6)
    return matches[0] if matches else ""


def shown(value: object, most: int = 40) -> str:
    """A value as it can stand in a message: one line, at most `most` characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= most else text[: most - 1] + "…"


def one_of(words: Iterable[str]) -> str:
    """Words as a choice in a sentence: `a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}"

"""Files of frozen results, read for a roll-up: whose they are, and which count. Every mistake is told by its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from a2p.commands.problems import InputError
from a2p.commands.standard_input import STANDARD_INPUT, bytes_from, name_of
from a2p.definition.model import Questionnaire
from a2p.exchange.answers_csv import alike
from a2p.exchange.table import quoted
from a2p.region.counted import Counted, Place, question_scores, section_figures
from a2p.scoring.disclosure import disclose
from a2p.scoring.frozen import FrozenResult
from a2p.scoring.frozen_file import FrozenFileError, content_hash, read_frozen

IN_FIGURES = 1
"""Whoever holds the files counts them in figures of groups, and nobody by name."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A frozen result, and what error lines call its file."""

    name: str
    result: FrozenResult
    sha256: str

    @property
    def questionnaire(self) -> str:
        """The id of the questionnaire it is of."""
        return self.result.definition.questionnaire

    @property
    def version(self) -> tuple[str, int]:
        """That, and which version of it."""
        return self.questionnaire, self.result.definition.version

    @property
    def partnership(self) -> str:
        """Whose result it is."""
        return self.result.partnership.strip()

    @property
    def key(self) -> tuple[str, str, bool]:
        """A partnership has one result that counts for each of these."""
        return self.partnership, self.questionnaire, self.result.together


def read_results(paths: Sequence[str], questionnaires: Sequence[str] = ()) -> tuple[ResultFile, ...]:
    """The results in files; only of these questionnaires, if any are named. InputError with all that is wrong."""
    if paths.count(STANDARD_INPUT) > 1:
        raise InputError("Only one of the files can come from standard input.")
    read: list[ResultFile] = []
    wrong: list[str] = []
    for path in paths:
        try:
            file = _read(path)
        except InputError as problem:
            wrong += problem.lines
        except FrozenFileError as problem:
            wrong.append(f"{name_of(path)}: {problem}")
        else:
            wrong += [f"{file.name}: {what}" for what in _wrong(file, read, questionnaires)]
            read.append(file)
    if wrong:
        raise InputError(wrong)
    return tuple(read)


def _read(path: str) -> ResultFile:
    result = read_frozen(bytes_from(path))
    return ResultFile(name_of(path), result, content_hash(result))


def _wrong(file: ResultFile, before: Iterable[ResultFile], questionnaires: Sequence[str]) -> list[str]:
    """What is wrong with a file beside those that were read before it."""
    wrong: list[str] = []
    if not file.partnership:
        wrong.append("it doesn't say whose result it is; `a2p score --partnership NAME --frozen` writes that")
    if questionnaires and file.questionnaire not in questionnaires:
        wrong.append(f"it is of the questionnaire {file.questionnaire}, not of {' or '.join(questionnaires)}")
    for other in before:
        if other.sha256 == file.sha256:
            return [*wrong, f"this is the same result as {other.name}"]
        if other.version == file.version and other.result.sha256 != file.result.sha256:
            which = "version {1} of {0}".format(*file.version)
            return [*wrong, f"its {which} is another questionnaire than that of {other.name}"]
        if other.partnership == file.partnership and other.result.kind != file.result.kind:
            kinds = f"a {file.result.kind} partnership here and a {other.result.kind} one in {other.name}"
            return [*wrong, f"{quoted(file.partnership)} is {kinds}"]
    return wrong


@dataclass(frozen=True, slots=True)
class Sorted:
    """The results that count, the newest of each partnership; `partial` ones of those that have no other; and what to
    say of files that were left aside, and of names."""

    counted: tuple[ResultFile, ...]
    partial: tuple[ResultFile, ...]
    notes: tuple[str, ...]


def newest_of(files: Iterable[ResultFile]) -> Sorted:
    """The newest result of each partnership, questionnaire and way of answering, by the day it was closed, partial ones
    left aside; InputError where two were closed on one day or don't say when."""
    by_key: dict[tuple[str, str, bool], list[ResultFile]] = {}
    aside: list[ResultFile] = []
    for file in files:
        if file.result.partial:
            aside.append(file)
        else:
            by_key.setdefault(file.key, []).append(file)
    pairs = [(max(those, key=_closed), those) for those in by_key.values()]
    older = [(each, last) for last, those in pairs for each in those if each is not last]
    if wrong := [_undecided(each, last) for each, last in older if _tied(each, last)]:
        raise InputError(wrong)
    return Sorted(
        counted=tuple(last for last, _ in pairs),
        partial=tuple(each for each in aside if each.key not in by_key),
        notes=(
            *(f"{each.name}: not counted, for {last.name} is newer." for each, last in older),
            *(f"{each.name}: not counted, for too few of those invited answered." for each in aside),
            *_alike(file.partnership for file in (*aside, *(last for last, _ in pairs))),
        ),
    )


def _closed(file: ResultFile) -> date:
    return file.result.closed or date.min


def _tied(file: ResultFile, last: ResultFile) -> bool:
    return file.result.closed is None or file.result.closed == last.result.closed


def _undecided(file: ResultFile, last: ResultFile) -> str:
    of = f"{quoted(file.partnership)} has another result of {file.questionnaire} in {last.name}"
    return f"{file.name}: {of}, and nothing says which is newer"


def _alike(partnerships: Iterable[str]) -> list[str]:
    return [
        f"{' and '.join(map(quoted, names))} count as {len(names)}: give them one name if they are the same."
        for names in alike(partnerships)
    ]


def counted_in(files: Sequence[ResultFile], day: date) -> tuple[Counted, ...]:
    """The results as a region counts them: what a round's own minimums withhold counts nowhere, as on the site. `day`
    is when those were closed that don't say. A partnership is its own county area, for no file says which is above."""
    names = sorted({file.partnership for file in files})
    ordered = sorted(files, key=lambda file: (file.key, file.sha256))
    return tuple(_counted(file, number, names.index(file.partnership), day) for number, file in enumerate(ordered, 1))


def definitions_in(files: Iterable[ResultFile]) -> dict[tuple[str, int], Questionnaire]:
    """The questionnaires of the results, of each version the one with the fewest local words in it."""
    fewest = sorted(files, key=lambda file: (len(file.result.overlays), file.sha256), reverse=True)
    return {file.version: file.result.definition for file in fewest}


def _counted(file: ResultFile, number: int, place: int, day: date) -> Counted:
    shown = disclose(file.result)
    return Counted(
        place=Place(place, file.partnership, file.result.kind, place),
        result=number,
        sha256=file.sha256,
        questionnaire=file.questionnaire,
        version=file.result.definition.version,
        together=file.result.together,
        level=IN_FIGURES,
        closed=file.result.closed or day,
        sections=section_figures(shown),
        questions=question_scores(shown),
    )

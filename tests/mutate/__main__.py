"""`./run mutate`: take away each condition that keeps partnerships apart, and say which test notices."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from a2p.settings import ROOT
from tests.mutate.conditions import Mutant, mutants_of
from tests.mutate.copies import Copy, NotGreen
from tests.mutate.excused import EXCUSED

ROOMS = ("a2p/access", "a2p/rounds", "a2p/store")
SURVIVED = "SURVIVED"


def main() -> int:
    """0 if a test fails for each, 1 if one survives or an excuse is for nothing, 2 if the tests fail as it is."""
    parser = ArgumentParser(prog="./run mutate", description=__doc__)
    parser.add_argument("files", nargs="*", default=ROOMS, help=f"folders or files; by default {', '.join(ROOMS)}")
    parser.add_argument("--list", action="store_true", help="list what would be taken away, and try nothing")
    parser.add_argument("--jobs", type=int, default=2, help="how many to try at once (2)")
    given = parser.parse_args()
    found = [(file, mutant) for file in _files(given.files) for mutant in mutants_of((ROOT / file).read_text("utf-8"))]
    if given.list:
        print("\n".join(f"{file}:{mutant.line}  {mutant.text}" for file, mutant in found))
        return 0
    tried = [each for each in found if (each[0], each[1].text) not in EXCUSED]
    try:
        survived = _try_all(tried, given.jobs)
    except NotGreen as problem:
        print(f"the tests fail before anything is taken away:\n{problem}", file=sys.stderr)
        return 2
    return _sum_up(found, len(tried), survived)


def _try_all(tried: list[tuple[str, Mutant]], jobs: int) -> int:
    """Try each mutant in one of the copies; returns how many survived."""
    with tempfile.TemporaryDirectory(prefix="a2p-mutate-") as folder, ThreadPoolExecutor(jobs) as pool:
        free: SimpleQueue[Copy] = SimpleQueue()
        copies = [Copy(Path(folder) / f"copy{number}") for number in range(jobs)]
        tests = copies[0].observe()
        print(f"{len(tests.seconds)} tests pass; {len(tried)} conditions and rows to take away\n", flush=True)
        for copy in copies:
            free.put(copy)
        chosen = [tests.that_came_by(file, mutant) for file, mutant in tried]
        results = pool.map(lambda each, by: _try(each[0], each[1], free, by), tried, chosen)
        return sum(_told(each[0], each[1], result) for each, result in zip(tried, results, strict=True))


def _try(file: str, mutant: Mutant, free: SimpleQueue[Copy], chosen: list[str]) -> str:
    if not chosen:
        return f"{SURVIVED}: no test comes by"
    copy = free.get()
    try:
        return copy.killer(file, mutant, chosen) or f"{SURVIVED} {len(chosen)} tests"
    finally:
        free.put(copy)


def _told(file: str, mutant: Mutant, result: str) -> bool:
    print(f"{file}:{mutant.line}  {mutant.text}\n    {result}", flush=True)
    return result.startswith(SURVIVED)


def _sum_up(found: list[tuple[str, Mutant]], tried: int, survived: int) -> int:
    files = {file for file, _ in found}
    there = {(file, mutant.text) for file, mutant in found}
    for (file, text), reason in EXCUSED.items():
        print(f"{file}  {text}\n    not tried: {reason}")
    stale = [excuse for excuse in EXCUSED if excuse[0] in files and excuse not in there]
    for file, text in stale:
        print(f"{file} has no condition {text}: its excuse is for nothing")
    print(f"\n{tried} taken away: {tried - survived} noticed, {survived} survived")
    return 1 if survived or stale else 0


def _files(given: list[str]) -> Iterator[str]:
    for name in given:
        path = ROOT / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            yield str(file.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())

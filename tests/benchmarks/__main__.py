"""`./run bench [NAME...]`: measure and print the table. Without a name, all of them: see NAMES."""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = (
    "scores",
    "support",
    "web",
    "burst",
    "rollup",
    "region",
    "snapshot_check",
    "store_bytes",
    "reports",
    "documents",
    "again",
)
BY_NAME = ("batch",)
"""Those that take minutes, and are measured only when they are asked for."""


def main() -> int:
    wanted = sys.argv[1:] or list(NAMES)
    if unknown := [name for name in wanted if name not in (*NAMES, *BY_NAME)]:
        print(
            f"no benchmark is called {', '.join(unknown)}; there are {', '.join((*NAMES, *BY_NAME))}", file=sys.stderr
        )
        return 2
    print("Medians of 7 interleaved pairs, subject / baseline, with the lowest and highest ratio.\n")
    for name in wanted:
        found = import_module(f"tests.benchmarks.{name}").figures()
        for figure in found:
            print(figure.line, flush=True)
        if not found:
            print(f"{name}: not measured, there is no Chromium here")
    return 0


if __name__ == "__main__":
    sys.exit(main())

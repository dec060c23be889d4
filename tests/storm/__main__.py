"""`./run storm`: let a storm go over a site of its own, and say what became of what was acknowledged."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from tests.database import NoPostgres
from tests.storm.plants import PLANTS
from tests.storm.storm import Storm, run


def main() -> int:
    """0 if all that was acknowledged is there, 1 if not, 2 if there can be no storm here."""
    parser = ArgumentParser(prog="./run storm", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20, help="how long at least (20)")
    parser.add_argument("--kills", type=int, default=20, help="how many processes to kill, however long it takes (20)")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL of its own, not on SQLite")
    parser.add_argument("--plant", choices=PLANTS, default="", help="plant this fault, to see it caught")
    given = parser.parse_args()
    storm = Storm(given.seconds, given.kills, given.postgres, given.plant)
    print(f"{'PostgreSQL' if storm.postgres else 'SQLite'}, {storm.seconds:g} seconds, {storm.kills} kills", flush=True)
    try:
        outcome = run(storm)
    except NoPostgres as reason:
        print(reason, file=sys.stderr)
        return 2
    print(outcome.summary)
    return 0 if outcome.held else 1


if __name__ == "__main__":
    sys.exit(main())

"""Where each topic of the blueprint went, as the tables of questionnaires/README.md.

`python -m tests.questionnaires.mapping` prints them; with --write it puts them, and the table of words and minutes,
between the markers in the README. A test fails when the README differs.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from a2p.definition import catalogue
from tests.questionnaires.texts import ALL, definition
from tests.questionnaires.time_needed import timing_table


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: the section of the blueprint, the questions that ask it, what it was joined with or why dropped."""

    section: str
    topic: str
    questions: tuple[str, ...]
    joined: str
    dropped: str


@cache
def topics(questionnaire: str) -> tuple[Topic, ...]:
    """The mapping in questionnaires/blueprint/, in its order."""
    path = catalogue.folder() / "blueprint" / f"{questionnaire}.yaml"
    return tuple(_topic(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))["topics"])


def _topic(row: dict[str, str | list[str]]) -> Topic:
    asked = row.get("question", [])
    return Topic(
        section=str(row["section"]),
        topic=str(row["topic"]),
        questions=(asked,) if isinstance(asked, str) else tuple(asked),
        joined=str(row.get("joined", "")),
        dropped=str(row.get("dropped", "")),
    )


def mapping_tables() -> str:
    """A table for each questionnaire."""
    return "\n\n".join(_table(name) for name in ALL)


def _table(name: str) -> str:
    base = definition(name)
    titles = {section.id: section.title for section in base.sections}
    rows = [f"| {titles[each.section]} | {each.topic} | {_went(each)} |" for each in topics(name)]
    return "\n".join([f"### {base.title}", "", "| section | topic | where it went |", "|---|---|---|", *rows])


def _went(topic: Topic) -> str:
    if topic.dropped:
        return f"dropped: {topic.dropped}"
    asked = ", ".join(f"`{each}`" for each in topic.questions)
    return f"{asked}, joined with: {topic.joined}" if topic.joined else asked


def readme() -> Path:
    """The README that holds the tables."""
    return catalogue.folder() / "README.md"


def filled(text: str) -> str:
    """The README with fresh tables. ValueError if a marker is missing."""
    for mark, table in {"mapping": mapping_tables(), "time": timing_table()}.items():
        begin, end = f"<!-- {mark}: begin -->\n", f"<!-- {mark}: end -->"
        before, rest = text.split(begin)
        _, after = rest.split(end)
        text = f"{before}{begin}{table}\n{end}{after}"
    return text


def main() -> None:
    """Print the tables, or write them into the README."""
    if "--write" in sys.argv[1:]:
        readme().write_text(filled(readme().read_text(encoding="utf-8")), encoding="utf-8")
    else:
        sys.stdout.write(f"{timing_table()}\n\n{mapping_tables()}\n")


if __name__ == "__main__":
    main()

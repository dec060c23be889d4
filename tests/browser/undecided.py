"""What axe cannot decide, and who decides it instead. A kind that isn't written down here fails the test, and so does
one of these elsewhere than it says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from playwright.sync_api import Page

Results: TypeAlias = dict[str, Any]

WITHIN = """([target, within]) => {
  const found = document.querySelector(target);
  return found === null || found.closest(within) !== null;
}"""


@dataclass(frozen=True)
class Disposition:
    """Within what on a page a finding is expected, why axe can't decide it, and the test that does."""

    within: str
    reason: str
    test: str


DISPOSITIONS: dict[str, Disposition] = {
    "color-contrast": Disposition(
        "svg.chart",
        "a figure in a bar of a chart is too short for axe to tell it from a sign, or drawn on more than one shape",
        "tests/documents/test_palette.py measures each figure's colour on each bar's",
    ),
    "th-has-data-cells": Disposition(
        "table:has(th[scope=rowgroup])",
        "axe knows no headings of row groups: it looks for cells in the heading's own row",
        "tests/web/test_results_pages.py and test_region_pages.py: each group of rows begins with its heading",
    ),
}


def unexplained(page: Page, found: Results) -> list[tuple[str, str, str]]:
    """What axe could not decide and DISPOSITIONS does not explain: the rule, what it stumbled over, the markup."""
    return [
        (rule, why, node["html"][:160])
        for rule, why, node in _undecided(found)
        if rule not in DISPOSITIONS or not _lies(page, node, DISPOSITIONS[rule].within)
    ]


def _undecided(found: Results) -> Iterator[tuple[str, str, Results]]:
    for each in found["incomplete"]:
        for node in each["nodes"]:
            checks = [*node["any"], *node["all"], *node["none"]]
            keys = [check["data"].get("messageKey") for check in checks if isinstance(check["data"], dict)]
            yield each["id"], next(filter(None, keys), ""), node


def _lies(page: Page, node: Results, within: str) -> bool:
    return bool(page.evaluate(WITHIN, [node["target"][-1], within]))

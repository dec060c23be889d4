"""Remarks: the free text that travels beside a frozen result, never inside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Remark:
    """One text on a question, unattributed: a comment, the reason of a not-applicable, or a text question's answer."""

    section: str
    question: str
    text: str
    kind: Literal["comment", "reason", "answer"]

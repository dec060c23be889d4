"""Pages for anybody, and help."""

from __future__ import annotations

from tests.web.matrix.row import Row, Rows

ROWS: Rows = {
    ("GET", "static"): Row(lambda _site, _place: {"filename": "favicon.svg"}),
    ("GET", "public.home"): Row(
        own=dict.fromkeys(
            # the facilitator leads the talk about two rounds, and chooses between them
            ("respondent", "coordinator", "chair", "programme manager", "administrator"),
            302,
        )
    ),
    ("GET", "public.livez"): Row(),
    ("GET", "public.readyz"): Row(),
    ("GET", "statements.privacy"): Row(),
    ("GET", "statements.accessibility"): Row(),
    ("GET", "help.index"): Row(),
    ("GET", "help.topic"): Row(lambda _site, _place: {"topic": "answering"}),
}

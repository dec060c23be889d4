"""Logs: one line of JSON an event, on standard error. They say what failed and where, and nothing about people: a
traceback has no values in it, and what is logged is named here word by word by whoever logs it."""

from __future__ import annotations

import sys

import structlog


def set_up() -> None:
    """Configure logging for this process: the site's and the worker's. Safe to call again."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,  # plain: the default shows the values of every local variable
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),  # as it is then, not as the process began
        cache_logger_on_first_use=False,
    )

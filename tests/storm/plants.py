"""Faults that are planted in the site to see that the checker finds them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tests.storm.points import saves

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from a2p.scoring.answers import Answer
    from a2p.store.answers import Stored

ACKNOWLEDGE_FIRST = "acknowledge-before-commit"
IGNORE_EDITIONS = "ignore-editions"
PLANTS = (ACKNOWLEDGE_FIRST, IGNORE_EDITIONS)


def acknowledge_first(app: WSGIApplication) -> WSGIApplication:
    """A section's save is acknowledged first and done afterwards."""

    def layer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not saves(environ) or "/sections/" not in environ["PATH_INFO"]:
            return app(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start_response("302 FOUND", [("Location", environ["PATH_INFO"].partition("/sections/")[0])])
        return _Afterwards(lambda: b"".join(app(environ, _say_nothing)))

    return layer


class _Afterwards:
    """A reply of one line; `work` is done once it is sent."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.work = work

    def __iter__(self) -> Iterator[bytes]:
        yield b"saved\n"

    def close(self) -> None:
        self.work()


def _say_nothing(_status: str, _headers: list[tuple[str, str]], _error: object = None) -> Callable[[bytes], object]:
    return lambda _body: None


def ignore_editions() -> None:
    """A save is taken whatever edition it saw, and the last one wins."""
    from a2p.rounds import answering
    from a2p.store.answers import read_answers

    room = vars(answering)
    careful = room["save_answers"]

    def careless(
        session: Session, response_id: int, given: Mapping[str, Answer], _seen: Mapping[str, int], by: str
    ) -> dict[str, Stored]:
        stored = read_answers(session, response_id)
        seen = {question: each.edition for question, each in stored.items()}
        clashes: dict[str, Stored] = careful(session, response_id, given, seen, by)
        return clashes

    room["save_answers"] = careless

"""The files of finished documents: written whole, shared by jobs, and gone with the last job that refers to them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from a2p.store.round_tables import Job


def keep_whole(path: Path, contents: bytes) -> None:
    """Write a file so that a reader finds the whole of it or none."""
    with written_whole(path) as out:
        out.write(contents)


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, beside its place; synced and put there once the block ends without a problem."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{uuid4().hex}.part")  # two workers may write the same document
    try:
        with beside.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def remove_unreferred(session: Session, documents: Path, file: str) -> None:
    """Remove a document's file if no job's row names it."""
    if session.scalar(select(Job.id).where(Job.file == file).limit(1)) is None:
        (documents / file).unlink(missing_ok=True)

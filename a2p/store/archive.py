"""A backup as one file: a zip of a manifest and the database's dump, whole or not there, checked before it is used."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from a2p.store.erasures import sync_folder

MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """A backup can't be made or used; the text says why, for a person. Nothing was changed."""


class Part(BaseModel):
    """A file of the archive: its size in bytes and SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    size: int
    sha256: str


class Manifest(BaseModel):
    """What an archive says of itself: when and of what it was made, how many rows each table has, and its files."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal[1] = 1
    made: datetime
    engine: Literal["sqlite", "postgresql"]
    revision: str
    demo: bool
    rows: dict[str, int]
    parts: dict[str, Part]


def part_of(path: Path) -> Part:
    """A file's size and hash."""
    with path.open("rb") as content:
        return Part(size=path.stat().st_size, sha256=hashlib.file_digest(content, "sha256").hexdigest())


def write_archive(target: Path, manifest: Manifest, files: Mapping[str, Path], *, replace: bool) -> None:
    """Write the archive beside, to the disk, then put it in its place; only its owner may read it.

    BackupError if something is there already and is not to be replaced.
    """
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
                for name, path in files.items():
                    archive.write(path, name)
            out.flush()
            os.fsync(out.fileno())
        _put(beside, target, replace=replace)
        sync_folder(target.parent)
    finally:
        beside.unlink(missing_ok=True)


def _put(beside: Path, target: Path, *, replace: bool) -> None:
    if replace:
        beside.replace(target)
        return
    try:
        os.link(beside, target)  # unlike a rename, this fails if something came there meanwhile
    except FileExistsError:
        raise BackupError(f"{target} is there already. Give --replace to write over it.") from None


def read_manifest(path: Path) -> Manifest:
    """What an archive says of itself. BackupError if it is no backup, or one of a newer a2p."""
    try:
        with zipfile.ZipFile(path) as archive:
            told = json.loads(archive.read(MANIFEST))
        if isinstance(told, dict) and isinstance(told.get("format"), int) and told["format"] > FORMAT:
            raise BackupError(f"{path} was made by a newer a2p (format {told['format']}). Update a2p first.")
        return Manifest.model_validate(told)
    except OSError as problem:
        raise BackupError(f"{path} can't be read: {problem.strerror}.") from problem
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as problem:
        why = problem.errors()[0]["msg"] if isinstance(problem, ValidationError) else str(problem)
        raise BackupError(f"{path} is not a whole backup of a2p: {why}") from problem


def unpack(path: Path, manifest: Manifest, folder: Path) -> None:
    """Put the archive's files into a folder. BackupError if one is missing, or not as the manifest says."""
    for name, part in manifest.parts.items():
        target = folder / Path(name).name
        try:
            with zipfile.ZipFile(path) as archive, archive.open(name) as inside, target.open("xb") as out:
                copyfileobj(inside, out)
        except (zipfile.BadZipFile, KeyError, EOFError, ValueError) as problem:
            raise BackupError(f"{path} is damaged: {name} can't be read ({problem}).") from problem
        if part_of(target) != part:
            raise BackupError(f"{path} is damaged: {name} is not what was backed up.")

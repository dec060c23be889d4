"""A mail server for tests, on this machine, that answers as the test says."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Post:
    """What a server took in, and what it answers to the recipient and to the message."""

    taken: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    to_recipient: Callable[[SMTP], str] = lambda _server: "250 OK"
    to_message: Callable[[SMTP], str] = lambda _server: "250 OK"
    encrypted: bool = False

    async def handle_RCPT(  # noqa: N802 - the library calls it so
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer RCPT TO."""
        answer = self.to_recipient(server)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer the message."""
        assert isinstance(envelope.content, bytes)
        answer = self.to_message(server)
        if answer.startswith("2"):
            self.encrypted = session.ssl is not None
            self.to += envelope.rcpt_tos
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


@contextmanager
def mail_server(post: Post, **options: Any) -> Iterator[int]:
    """A server that hands to `post` what it gets; yields its port. `options` are the library's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)


def drop_the_line(server: SMTP) -> str:
    """Take in what was sent, and break the line before the answer."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()
    return "250 never heard"

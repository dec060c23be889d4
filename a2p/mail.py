"""Handing e-mails over: to a mail server by SMTP, or to a folder of .eml files where no server is set.

What goes wrong is told as one of three: TryLater (it was certainly not taken), Refused (it never will be), Unsure (the
server had the whole message when the line broke: it may have arrived).
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.utils import format_datetime, getaddresses, localtime, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

TIMEOUT_SECONDS = 30
SMTP_PORT, SMTPS_PORT = 587, 465
OUR_NAME = "Partnership self-assessment"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DOT_FIRST = re.compile(rb"^\.", re.MULTILINE)


class TryLater(Exception):
    """The message was not taken, and may be another time: the text says what the server or the line said."""


class Refused(Exception):
    """The message was not taken and never will be; the text is the server's."""


class Unsure(Exception):
    """The server had all of the message, and did not say whether it took it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail in its parts. `message_id` is what stands before our host's name in its Message-ID."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    reply_to: str = ""
    calendar: bytes = b""  # a calendar file to go with it
    documents: tuple[tuple[str, bytes], ...] = ()  # PDFs to go with it, with their names


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom our letters are from: an address, or `Name <address>`; and the site's host, which their ids end with."""

    given: str
    host: str


class Transport(Protocol):
    """A way out for letters."""

    def send(self, message: EmailMessage) -> None:
        """Hand a message over. TryLater, Refused or Unsure if that fails."""


def compose(message: Message, sender: Sender) -> EmailMessage:
    """The e-mail to hand over. Refused if a header holds a line break or another control character, or an address
    is none."""
    name, address = parseaddr(sender.given)
    composed = EmailMessage()
    # ours to choose, so a2p@localhost will do
    composed["From"] = Address(_one_line(name or OUR_NAME), addr_spec=_one_line(address))
    composed["To"] = _address(message.to)
    if message.reply_to:
        composed["Reply-To"] = _address(message.reply_to)
    composed["Subject"] = _one_line(message.subject)
    composed["Date"] = format_datetime(localtime())
    composed["Message-ID"] = f"<{_one_line(message.message_id)}@{_one_line(sender.host)}>"
    # so that no answering machine answers us (RFC 3834)
    composed["Auto-Submitted"] = "auto-generated"
    composed.set_content(message.text, cte="quoted-printable")
    composed.add_alternative(message.html, subtype="html", cte="quoted-printable")
    if message.calendar:
        as_what = {"method": "PUBLISH", "charset": "utf-8"}
        composed.add_attachment(message.calendar, "text", "calendar", filename="last-day.ics", params=as_what)
    for name, contents in message.documents:
        composed.add_attachment(contents, "application", "pdf", filename=_one_line(name))
    return composed


def _address(given: str) -> Address:
    try:
        valid = validate_email(
            _one_line(given), check_deliverability=False, globally_deliverable=False, allow_smtputf8=False
        )
    except EmailNotValidError as problem:
        raise Refused(f"This is not an e-mail address: {problem}") from None
    return Address(addr_spec=valid.ascii_email or valid.normalized)


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise Refused("A header of an e-mail can't hold a line break or another control character.")
    return text


def transport_for(server: str, folder: Path, our_host: str) -> Transport:
    """The way out that the settings name: `smtp://...` or `smtps://...`, or without a server the folder."""
    if not server:
        return Folder(folder)
    parts = urlsplit(server)
    implicit = parts.scheme == "smtps"
    return Smtp(
        host=parts.hostname or "",
        port=parts.port or (SMTPS_PORT if implicit else SMTP_PORT),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        our_host=our_host,
    )


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. With a user's name the line is always encrypted and the server's certificate checked; without,
    encrypted where the server offers it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    implicit_tls: bool = False
    our_host: str = "localhost"
    timeout: float = TIMEOUT_SECONDS

    def send(self, message: EmailMessage) -> None:
        """Hand a message over."""
        sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        with self._connected() as line:
            _expect(line.mail(sender))
            _expect(line.rcpt(to))
            _expect(line.docmd("DATA"), wanted=354)
            _hand_over(line, message.as_bytes(policy=policy.SMTP))
            with suppress(OSError, smtplib.SMTPException):  # taken is taken, however the goodbye goes
                line.quit()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A line to the server, ready for a letter. What breaks on it before the letter is handed over: TryLater."""
        try:
            line = self._open()
            try:
                self._greet(line)
                yield line
            finally:
                line.close()
        except smtplib.SMTPResponseException as problem:
            # a wrong password or a server that is down is nothing that the letter could help
            raise TryLater(_said(problem.smtp_code, problem.smtp_error)) from None
        except (OSError, smtplib.SMTPException) as problem:
            raise TryLater(f"The mail server can’t be used: {problem}") from None

    def _open(self) -> smtplib.SMTP:
        if self.implicit_tls:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, self.our_host, timeout=self.timeout, context=context)
        return smtplib.SMTP(self.host, self.port, self.our_host, timeout=self.timeout)

    def _greet(self, line: smtplib.SMTP) -> None:
        line.ehlo_or_helo_if_needed()
        if not self.implicit_tls and (self.user or line.has_extn("starttls")):
            line.starttls(context=self._context())
            line.ehlo_or_helo_if_needed()
        if self.user:
            line.login(self.user, self.password)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if not self.user:
            # whoever could forge the certificate could as well hide the offer to encrypt
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _hand_over(line: smtplib.SMTP, contents: bytes) -> None:
    """Send the message itself and wait for the answer. From the first byte on, a line that breaks leaves us unsure."""
    try:
        line.send(_DOT_FIRST.sub(b"..", contents) + b".\r\n")
        answer = line.getreply()
    except (OSError, smtplib.SMTPException) as problem:
        raise Unsure(f"The line to the mail server broke: {problem}") from None
    _expect(answer)


def _expect(answer: tuple[int, bytes], wanted: int = 250) -> None:
    code, text = answer
    if code == wanted or (wanted == 250 and code == 251):
        return
    if 500 <= code < 600:
        raise Refused(_said(code, text))
    raise TryLater(_said(code, text))


def _said(code: int, text: bytes | str) -> str:
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return _CONTROL.sub(" ", f"{code} {plain}")[:500]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder in which each letter is a file, written whole. The newest has the last name."""

    path: Path

    def send(self, message: EmailMessage) -> None:
        """Write a message."""
        local_part = str(message["Message-ID"]).strip("<>").partition("@")[0]
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{re.sub(r'[^A-Za-z0-9.-]', '_', local_part)}.eml"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            beside = self.path / f"{name}.part"
            with beside.open("wb") as out:
                out.write(message.as_bytes(policy=policy.SMTP))
                out.flush()
                os.fsync(out.fileno())
            beside.replace(self.path / name)
        except OSError as problem:
            raise TryLater(f"The letter can't be written: {problem.strerror}") from None


@dataclass(frozen=True, slots=True)
class Read:
    """A letter of a folder, as its reader sees it; `files` are the names of what goes with it."""

    name: str
    to: str
    subject: str
    date: str
    text: str
    html: str
    files: tuple[str, ...] = ()


def read_folder(folder: Path, newest: int) -> list[Read]:
    """The newest letters of a folder, the newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.name, reverse=True)[:newest]
    return [_read(file) for file in files]


def remove_letters_to(folder: Path, address: str) -> int:
    """Remove a folder's letters to an address, in whatever capitals it is written; returns how many."""
    wanted = address.strip().casefold()
    return _remove(file for file in folder.glob("*.eml") if wanted in _addresses(file))


def remove_letters(folder: Path, which: Callable[[str], bool]) -> int:
    """Remove a folder's letters of whose message ids this is true (they stand in the files' names); return how many."""
    return _remove(file for file in folder.glob("*.eml") if which(file.stem.partition("-")[2]))


def _remove(files: Iterable[Path]) -> int:
    found = list(files)
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def _addresses(file: Path) -> set[str]:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return {address.casefold() for _, address in getaddresses([str(message["To"])])}


def _read(file: Path) -> Read:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    return Read(
        name=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        date=str(message["Date"]),
        text=_content(text),
        html=_content(html),
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def _content(part: MIMEPart | None) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part else ""

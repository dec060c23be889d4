"""Mail: what is handed over, and what each way of failing means for whether it may be sent again."""

from __future__ import annotations

import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from a2p.mail import Folder, Message, Refused, Sender, Smtp, TryLater, Unsure, compose, read_folder, transport_for
from tests.smtp import Post, drop_the_line, mail_server

SENDER = Sender("a2p@example.org", "a2p.example.org")
LETTER = Message("ben@example.org", "Fenland: Spring", "Good day’s work\n.\n.dots\n", "<p>Good day</p>", "7.1")


def send(port: int, message: Message = LETTER, user: str = "", password: str = "") -> None:
    Smtp("127.0.0.1", port, user, password, timeout=5).send(compose(message, SENDER))


# What a letter is


def test_a_letter_says_who_it_is_from_and_that_a_machine_wrote_it() -> None:
    letter = compose(LETTER, Sender("The toolkit <a2p@example.org>", "a2p.example.org"))
    assert letter["From"] == "The toolkit <a2p@example.org>"
    assert letter["To"] == "ben@example.org"
    assert letter["Message-ID"] == "<7.1@a2p.example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert abs(parsedate_to_datetime(letter["Date"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter["Reply-To"] is None


def test_a_sender_on_this_machine_will_do() -> None:
    assert (
        compose(LETTER, Sender("a2p@localhost", "localhost"))["From"] == "Partnership self-assessment <a2p@localhost>"
    )


def test_a_reply_goes_where_the_letter_says() -> None:
    replied = Message("a@example.org", "S", "t", "h", "1", reply_to="carys@example.org")
    assert compose(replied, SENDER)["Reply-To"] == "carys@example.org"


@pytest.mark.parametrize("character", ["\r\nBcc: x@example.org", "\n", "\x00", "\x85", "\u2028", "\ud800"])
@pytest.mark.parametrize("part", ["to", "subject", "message_id", "reply_to"])
def test_a_control_character_in_a_header_is_refused(part: str, character: str) -> None:
    sound = Message("a@example.org", "S", "t", "h", "1", reply_to="b@example.org")
    with pytest.raises(Refused):
        compose(replace(sound, **{part: getattr(sound, part) + character}), SENDER)


@pytest.mark.parametrize(
    "address", ["", "ben", "ben@", "@example.org", "a@b@c", "ben@exa mple.org", "a@example.org, b@example.org"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not an e-mail address"):
        compose(Message(address, "S", "t", "h", "1"), SENDER)


def test_a_domain_in_other_letters_is_written_as_mail_servers_know_it() -> None:
    assert compose(Message("ben@tŷ.cymru", "S", "t", "h", "1"), SENDER)["To"] == "ben@xn--t-foa.cymru"


# By SMTP


def test_what_the_server_takes_is_what_was_written() -> None:
    post = Post()
    with mail_server(post) as port:
        send(port)
    assert post.to == ["ben@example.org"]
    (taken,) = post.taken
    text = taken.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == LETTER.text.splitlines()
    assert taken["Subject"] == LETTER.subject


def test_busy_now_is_a_reason_to_try_later_and_later_it_is_taken() -> None:
    answers = iter(["450 busy", "250 OK"])
    post = Post(to_recipient=lambda _server: next(answers))
    with mail_server(post) as port:
        with pytest.raises(TryLater, match="450 busy"):
            send(port)
        send(port)
    assert len(post.taken) == 1


def test_what_the_server_will_never_take_is_refused_in_its_words() -> None:
    refuses_recipient = Post(to_recipient=lambda _server: "550 mailbox unavailable")
    refuses_message = Post(to_message=lambda _server: "554 looks like spam")
    for post, said in ((refuses_recipient, "550 mailbox unavailable"), (refuses_message, "554 looks like spam")):
        with mail_server(post) as port, pytest.raises(Refused, match=said):
            send(port)


def test_busy_after_the_message_is_a_reason_to_try_later() -> None:
    with mail_server(Post(to_message=lambda _server: "451 full")) as port, pytest.raises(TryLater, match="451 full"):
        send(port)


def test_a_line_that_breaks_after_the_message_leaves_us_unsure() -> None:
    with mail_server(Post(to_message=drop_the_line)) as port, pytest.raises(Unsure):
        send(port)


def test_a_line_that_breaks_before_the_message_is_a_reason_to_try_later() -> None:
    with mail_server(Post(to_recipient=drop_the_line)) as port, pytest.raises(TryLater):
        send(port)


def test_nobody_there_is_a_reason_to_try_later() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(TryLater, match="can’t be used"):
            send(taken.getsockname()[1])


# Encryption and passwords


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that only who is told trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.org")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(host, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return file


def encrypting(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def only_carys(_server: object, _session: object, _envelope: object, _mechanism: str, data: object) -> AuthResult:
    known = (getattr(data, "login", b""), getattr(data, "password", b"")) == (b"carys", b"s3cret")
    return AuthResult(success=known, handled=False)


def test_the_line_is_encrypted_where_the_server_offers_it(certificate: Path) -> None:
    post = Post()
    with mail_server(post, tls_context=encrypting(certificate)) as port:
        send(port)
    assert post.encrypted


def test_a_password_is_given_to_a_server_that_proves_who_it_is(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post = Post()
    options = {"tls_context": encrypting(certificate), "authenticator": only_carys, "auth_required": True}
    with mail_server(post, **options) as port:
        send(port, user="carys", password="s3cret")
        assert post.encrypted
        # the password is the installation's fault, not the letter's
        with pytest.raises(TryLater, match="535"):
            send(port, user="carys", password="wrong")
    assert len(post.taken) == 1


def test_a_password_is_not_given_to_a_server_that_does_not(certificate: Path) -> None:
    asked: list[object] = []

    def never(*data: object) -> AuthResult:
        asked.append(data)
        return AuthResult(success=True)

    unknown = {"tls_context": encrypting(certificate), "authenticator": never}
    in_the_open = {"authenticator": never, "auth_require_tls": False}
    for options, said in ((unknown, "certificate"), (in_the_open, "STARTTLS")):
        with mail_server(Post(), **options) as port, pytest.raises(TryLater, match=said):
            send(port, user="carys", password="s3cret")
    assert not asked


def test_the_settings_name_the_way_out(tmp_path: Path) -> None:
    assert transport_for("", tmp_path, "a2p.example.org") == Folder(tmp_path)
    assert transport_for("smtp://mail.example.org", tmp_path, "h") == Smtp("mail.example.org", 587, our_host="h")
    assert transport_for("smtps://carys:p%40ss@mail.example.org", tmp_path, "h") == Smtp(
        "mail.example.org", 465, "carys", "p@ss", implicit_tls=True, our_host="h"
    )


def test_a_server_that_encrypts_from_the_start(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post = Post()
    with mail_server(post, ssl_context=encrypting(certificate)) as port:
        Smtp("127.0.0.1", port, implicit_tls=True, timeout=5).send(compose(LETTER, SENDER))
    assert len(post.taken) == 1


# To a folder


def test_without_a_server_letters_are_whole_files_and_the_newest_is_read_first(tmp_path: Path) -> None:
    out = Folder(tmp_path / "outbox")
    for number in range(12):
        out.send(compose(Message("a@example.org", f"Letter {number}", "text\n", "<p>html</p>\n", f"{number}"), SENDER))
    read = read_folder(out.path, newest=3)
    assert [each.subject for each in read] == ["Letter 11", "Letter 10", "Letter 9"]
    assert (read[0].to, read[0].text, read[0].html) == ("a@example.org", "text\n", "<p>html</p>\n")
    assert all(file.suffix == ".eml" for file in out.path.iterdir())


def test_a_letter_that_can_not_be_written_whole_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(TryLater, match="No space"):
        Folder(tmp_path).send(compose(LETTER, SENDER))
    assert read_folder(tmp_path, newest=9) == []

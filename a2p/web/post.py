"""Letters of a round: sending invitations, reminding, sending one again; and a demonstration's outbox."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from a2p.access.loading import RoundInvitation, round_, round_invitation
from a2p.access.policy import Action
from a2p.mail import Read, read_folder
from a2p.rounds import letters
from a2p.rounds.opening import RoundClosed
from a2p.settings import outbox_folder
from a2p.store.round_tables import Round
from a2p.web import coordinate
from a2p.web.database import db
from a2p.web.policy import Policy, current_actor
from a2p.web.queue import the_queue
from a2p.web.wording import letters_sentence

pages = Blueprint("post", __name__)
pages.register_error_handler(RoundClosed, coordinate.too_late)

SHOWN = 50
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+[^\s<>\".,;:!?)])")
_STYLES = re.compile(r"<style>.*?</style>", re.DOTALL)


@pages.post("/rounds/<int:round_id>/letters/invitations", policy=Policy(Action.INVITE, round_))
def send_invitations(shown: Round) -> ResponseReturnValue:
    """Send invitations to everybody who has an address and got none yet."""
    counts = letters.send_invitations(db.session(), shown, current_actor(shown.partnership_id))
    return _sent(shown, letters_sentence(counts, "invitation", "invitations"))


@pages.post("/rounds/<int:round_id>/letters/reminder", policy=Policy(Action.CHANGE_ROUND, round_))
def remind(shown: Round) -> ResponseReturnValue:
    """Remind those who have not submitted."""
    counts = letters.remind(db.session(), shown, current_actor(shown.partnership_id))
    return _sent(shown, letters_sentence(counts, "reminder", "reminders"))


@pages.post("/rounds/<int:round_id>/people/<int:invitation_id>/letter", policy=Policy(Action.INVITE, round_invitation))
def resend(found: RoundInvitation) -> ResponseReturnValue:
    """Send somebody a fresh link; the old one stops at once."""
    letters.resend(db.session(), found.invitation, current_actor(found.round.partnership_id))
    return _sent(found.round, f"A fresh link is on its way to {found.invitation.name}. The old one has stopped.")


@pages.get("/outbox", policy=Policy(Action.READ_OUTBOX))
def outbox(_nothing: object) -> ResponseReturnValue:
    """A demonstration's letters, the newest first: what people would have got."""
    folder = outbox_folder(current_app.config["A2P"].data_dir)
    return render_template("pages/outbox.html", letters=[_shown(each) for each in read_folder(folder, SHOWN)])


@pages.errorhandler(letters.NotPossible)
def not_possible(reason: letters.NotPossible) -> ResponseReturnValue:
    """A letter was not sent, and why."""
    return render_template("pages/coordinate/not_sent.html", reason=str(reason)), 409


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a letter's text; an address on the web, or not."""

    text: str
    is_address: bool


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """A letter of the outbox, its text in pieces so that its addresses can be links, its HTML without the styles that
    pages of this site may not have."""

    letter: Read
    pieces: tuple[Piece, ...]
    html: str


def _shown(letter: Read) -> ShownLetter:
    pieces = _ADDRESS.split(letter.text)
    html = _STYLES.sub("", letter.html)
    return ShownLetter(letter, tuple(Piece(text, bool(n % 2)) for n, text in enumerate(pieces) if text), html)


def _sent(shown: Round, said: str) -> Response:
    db.session.commit()
    the_queue().hand_in_letters()
    flash(said)
    return redirect(url_for("coordinate.show_round", round_id=shown.id, _anchor="people"))

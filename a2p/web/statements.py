"""What visitors are told of their data and of accessibility: made from the settings and from what the code does.

Whoever reads these two pages over sets `REVIEWED`; a test fails when a year has gone by since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from a2p.access import held, sessions, signing_in
from a2p.access.policy import Action
from a2p.web.held import cookie_name as held_cookie
from a2p.web.policy import Policy, cookie_name

REVIEWED = date(2026, 11, 27)
REVIEW_EVERY = timedelta(days=365)

pages = Blueprint("statements", __name__)
PUBLIC = Policy(Action.READ_PUBLIC)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept about people: what, who sees it, how long; and the tables it lies in."""

    what: str
    seen_by: str
    how_long: str
    tables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie: its name, what for, how long."""

    name: str
    purpose: str
    how_long: str


# The tables that hold nothing about a person: a test sees that each table is here or in what is kept.
NOT_ABOUT_PEOPLE = frozenset(
    {
        *("installation", "region", "partnership", "partnership_change", "organisation", "questionnaire_version"),
        *("round", "round_questionnaire", "round_reminder", "snapshot_member", "snapshot_cohort"),
    }
)


def kept(months: int) -> tuple[Kept, ...]:
    """All that is kept about people, with what each is for."""
    after = f"{months} {'month' if months == 1 else 'months'} after the round closes; then it is erased"
    follows = (*_of_what_follows(months), *_of_the_region(months))
    return (*_of_answers(after), *follows, *_of_roles(after), *_of_browsers())


def _of_answers(after: str) -> tuple[Kept, ...]:
    return (
        Kept(
            "Your name, organisation and e-mail address, whether you are a councillor, and which part of the "
            "partnership you belong to, for partners who may be asked again",
            "Your coordinators",
            "Until your coordinator removes you or you ask for it",
            ("contact",),
        ),
        Kept(
            "Your invitation to a round: the same, and whether you have opened it, started and submitted",
            "Your coordinators and your chair",
            after,
            ("invitation", "invitation_asks"),
        ),
        Kept(
            "Your answers and comments",
            "You. After the round closes others see figures over many answers, and in an open round your "
            "organisation’s level by its name, as the first page of the round says",
            after,
            ("response", "answer"),
        ),
        Kept(
            "What you wrote beside an answer or instead of one, kept for whoever reads it over, and that this was done",
            "The facilitator or reader outside the coordinator’s organisation; then, without your name, those who see "
            "the results. Nobody, if you withhold it",
            "What is shown: for good, with nothing that leads to you. The rest as long as your answers",
            ("comment", "comment_reading"),
        ),
        Kept(
            "The results of a closed round: figures over organisations, without names of people",
            "As the first page of the round says",
            "For good. What in them belongs to single people is erased with the round’s people",
            ("frozen_result", "destroyed_result", "result_score", "section_score", "question_score"),
        ),
    )


def _of_what_follows(months: int) -> tuple[Kept, ...]:
    return (
        Kept(
            "What a workshop agreed, and actions with the name and e-mail address of who owns them",
            "Your coordinators, your chair and a facilitator",
            "With the partnership; your name until you ask for it to be erased",
            ("settled", "action_item", "action_change"),
        ),
        Kept(
            "The workshops that were held: the day, the place, which organisations came, notes",
            "Your coordinators, your chair and a facilitator",
            "With the partnership",
            ("workshop",),
        ),
        Kept(
            "Your name, and an e-mail address for the record, if you came to a workshop and were noted down",
            "Your coordinators, your chair and a facilitator",
            f"{months} {'month' if months == 1 else 'months'} after the workshop; then it is erased",
            ("attendee",),
        ),
        Kept(
            "What is released of a round, with the name and e-mail address of who was asked to confirm it",
            "Your coordinators and your chair",
            "For good; the name and address as long as the round’s people",
            ("release",),
        ),
        Kept(
            "What a partnership asks help on, offers or requests, and whether it may be shown beside the others of its "
            "county area",
            "Your coordinators, your chair and the region’s programme manager; and that it is shown, those of the area "
            "who are too",
            "With the partnership",
            ("support_wish", "both_ends"),
        ),
    )


def _of_the_region(months: int) -> tuple[Kept, ...]:
    return (
        Kept(
            "Your name, e-mail address and organisation, and what you help with on how many days, if you were asked to "
            "be one of a region’s associates",
            "The region’s programme manager; a partnership that you and it agreed to put in touch",
            f"Until you ask for it to be erased, or {months} {'month' if months == 1 else 'months'} after you "
            "withdrew, or were asked and didn’t agree",
            ("associate",),
        ),
        Kept(
            "Which partnership was put in touch with whom, on what, and what each said to it",
            "The region’s programme manager; and both sides, once both agreed",
            "With the region",
            ("introduction",),
        ),
        Kept(
            "What a programme manager keeps in their role: figures of groups of partnerships, what support is offered, "
            "planned and was run, for which partnerships, and answers to their requests",
            "The region’s programme manager; a partnership what concerns it",
            "With the region",
            (
                *("snapshot", "snapshot_comparison", "support_module", "support_reply", "support_run"),
                *("support_run_place", "support_plan"),
            ),
        ),
    )


def _of_roles(after: str) -> tuple[Kept, ...]:
    return (
        Kept(
            "Letters to you: the address, what for, whether the mail server took it. Not their text",
            "Your coordinators see whether a letter went; administrators run the site that sends it",
            after,
            ("letter",),
        ),
        Kept(
            "If you have a role: your name, e-mail address, roles with their days, and the sealed secret of a second "
            "factor",
            "Those who coordinate or chair the same partnership, and administrators. Nobody sees the secret",
            "Until you ask for it to be erased",
            ("person", "access_grant"),
        ),
        Kept(
            "What the coordinator gives in their role: evidence, notes, why a round was opened again",
            "Your coordinators, your chair and a facilitator",
            "With the round",
            ("evidence", "round_reopening", "job"),
        ),
        Kept(
            "A log of who did what and when. It holds numbers instead of names, and no answers",
            "Those who coordinate or chair the partnership, and administrators",
            "For good: it can’t be changed. After you are erased it leads to no name",
            ("audit_event",),
        ),
    )


def _of_browsers() -> tuple[Kept, ...]:
    return (
        Kept(
            "That your browser is signed in, and the browser’s make",
            "You",
            f"{_hours(sessions.LASTS)} after you sign in, or until the round you answer in is over, and "
            f"{sessions.LONGEST.days} days at most",
            ("session", "session_invitation"),
        ),
        Kept(
            "Links to sign in that you asked for",
            "Nobody",
            f"They open for {int(signing_in.LINK_LASTS.total_seconds() // 60)} minutes, and are forgotten after a week",
            ("sign_in_link",),
        ),
        Kept(
            "How often a link was asked for, by address and by network, as a code that leads back to neither",
            "Nobody",
            "A week",
            ("attempt",),
        ),
        Kept(
            "What you typed when you were no longer signed in, sealed so that only your browser can open it",
            "You",
            f"{_hours(held.LASTS)} at most",
            ("held_post",),
        ),
    )


def cookies(*, secure: bool) -> tuple[Cookie, ...]:
    """Every cookie that this site sets."""
    return (
        Cookie(cookie_name(secure=secure), "keeps you signed in", "as long as you are signed in"),
        Cookie(
            "session",
            "proves that a form came from our own page, and holds a message for you until you have read it",
            "until you close the browser",
        ),
        Cookie(
            held_cookie(secure=secure), "opens what you typed when you were no longer signed in", _hours(held.LASTS)
        ),
    )


@pages.get("/privacy", policy=PUBLIC)
def privacy(_nothing: object) -> ResponseReturnValue:
    """What is kept about people here, why, who sees it and how long."""
    settings = current_app.config["A2P"]
    return render_template(
        "pages/statements/privacy.html",
        settings=settings,
        mail_host=urlsplit(settings.mail_server).hostname,
        kept=kept(settings.kept_months),
        cookies=cookies(secure=settings.secure),
        reviewed=REVIEWED,
    )


@pages.get("/accessibility", policy=PUBLIC)
def accessibility(_nothing: object) -> ResponseReturnValue:
    """What of this site is accessible, how it was tested, and whom to tell."""
    return render_template("pages/statements/accessibility.html", settings=current_app.config["A2P"], reviewed=REVIEWED)


def _hours(length: timedelta) -> str:
    return f"{int(length.total_seconds() // 3600)} hours"

"""The mails of the service as text and simple HTML: no link, no picture, no code in the subject."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Literal

from auth.forms import sender
from auth.otp import shown_code

MailKind = Literal["code", "new device", "locked", "reused", "check"]


@dataclass(frozen=True)
class Mail:
    """One mail. After `until_s` it is of no use and is dropped. Its parts stay out of its repr and so out of logs."""

    kind: MailKind
    until_s: float
    to: str = field(repr=False)
    subject: str = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)
    code: str = field(default="", repr=False)

    def message(self, sent_by: str, now_s: float) -> EmailMessage:
        """Raises ValueError when `sent_by` is no sender."""
        sent_by = sender(sent_by)
        message = EmailMessage()
        message["From"] = sent_by
        message["To"] = self.to
        message["Subject"] = self.subject
        message["Date"] = format_datetime(datetime.fromtimestamp(now_s, UTC))
        message["Message-ID"] = make_msgid(domain=parseaddr(sent_by)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self.text())
        message.add_alternative(self.html(), subtype="html")
        return message

    def text(self) -> str:
        first = [shown_code(self.code)] if self.code != "" else []
        return "\n\n".join([*first, *self.lines]) + "\n"

    def html(self) -> str:
        big = f'<p style="font-size:28px;letter-spacing:2px"><b>{shown_code(self.code)}</b></p>' if self.code else ""
        rest = "".join(f"<p>{html.escape(line)}</p>" for line in self.lines)
        return f'<!doctype html><html><body style="font-family:sans-serif">{big}{rest}</body></html>'


def code_mail(to: str, code: str, origin: str, browser: str, now_s: float, life_s: int) -> Mail:
    lines = (
        f"This is your code to sign in to the chat on {origin}.",
        f"It was asked for on {_moment(now_s)} with {browser}. It works once, for {life_s // 60} minutes, "
        "and only in the browser that asked for it.",
        "Never share this code. Nobody of the chat or of the site will ever ask you for it. "
        "If you did not ask for it, ignore this mail.",
    )
    return Mail("code", now_s + life_s, to, "Your code to sign in to the chat", lines, code)


def new_device_mail(to: str, origin: str, browser: str, now_s: float) -> Mail:
    lines = (
        f"A new device signed in to the chat on {origin} on {_moment(now_s)} with {browser}.",
        "If that was you, all is well. To others it is a new device until you let it in: on a device that you used "
        'before, press "Sign out" in the chat, then "Your devices".',
        "If it was not you, somebody can read your mail: change the password of your mailbox, then sign that device "
        "out in the same list.",
    )
    return Mail("new device", now_s + 86400, to, "A new device signed in to the chat", lines)


def locked_mail(to: str, origin: str, now_s: float, lock_s: int) -> Mail:
    lines = (
        f"Somebody entered wrong codes for your address too often on {origin}, last on {_moment(now_s)}.",
        f"New devices cannot sign in to the chat with this address for {lock_s // 3600} hours. "
        "Devices that you have signed in with before still can. You need not do anything.",
    )
    return Mail("locked", now_s + 86400, to, "Sign-in to the chat is paused", lines)


def reused_mail(to: str, origin: str, now_s: float) -> Mail:
    lines = (
        f"A copy of an old sign-in key of the chat on {origin} was used on {_moment(now_s)}.",
        "To be safe we signed that device out. Sign in again to go on. "
        "If it happens again, look for unknown extensions in that browser.",
    )
    return Mail("reused", now_s + 86400, to, "You were signed out of the chat", lines)


def check_mail(to: str, now_s: float) -> Mail:
    """What `python -m auth check --mail` sends."""
    lines = ("The sign-in service of the chat can send mail. Its operator asked for this one; nobody need answer.",)
    return Mail("check", now_s + 600, to, "Mail of the chat works", lines)


def _moment(now_s: float) -> str:
    return datetime.fromtimestamp(now_s, UTC).strftime("%d %B %Y at %H:%M UTC")

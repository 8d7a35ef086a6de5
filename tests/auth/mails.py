"""Mails of each kind, for tests of what they say and how they leave."""

from __future__ import annotations

from auth.mail.mails import code_mail, locked_mail, new_device_mail, reused_mail
from tests.fakes.moment import START_S

EMAIL = "ada@example.org"
SENDER = "Chat <no-reply@chat.test>"
ORIGIN = "https://site.test"
MAILS = [
    code_mail(EMAIL, "12345678", ORIGIN, "Firefox on Linux", START_S, 600),
    new_device_mail(EMAIL, ORIGIN, "Firefox on Linux", START_S),
    locked_mail(EMAIL, ORIGIN, START_S, 86400),
    reused_mail(EMAIL, ORIGIN, START_S),
]

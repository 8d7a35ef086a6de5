"""The doctor looks at the mail server: whether it lets us in, and, asked to, whether a mail leaves; and at the mails
of visitors.
"""

from __future__ import annotations

import time

from auth.checks.finding import Finding, doubt, fault, good
from auth.health import MAIL_PATIENCE_S
from auth.mail.mailers import MailError, SmtpMailer
from auth.mail.mails import check_mail
from auth.mail.store import trouble_s
from auth.settings import Settings
from auth.store.shared import Store, StoreDown, StoreRefusal
from auth.unreached import Reason, reason, words

WHAT = "mail"
ADVICE = {
    "SMTPAuthenticationError": "it does not take our user and password: look at AUTH_SMTP_URL",
    "SMTPSenderRefused": "it does not take mails from AUTH_MAIL_FROM: write an address that it sends for",
    "SMTPRecipientsRefused": "it does not take the address: look at it, and whether the server relays for us",
    "SMTPConnectError": "nothing answers there: look at host and port in AUTH_SMTP_URL, and at the firewall",
    "SMTPConnectTimeoutError": "nothing answers there: many hosts close port 25 and 465, 587 is usually open; "
    "where TLS begins with the first byte (port 465), write smtps:// in AUTH_SMTP_URL",
    "SMTPException": "it takes no login: look at the port in AUTH_SMTP_URL, or leave user and password out",
}
UNREACHED: dict[Reason, str] = {
    "name": "look at the host in AUTH_SMTP_URL",
    "plain": "write smtp:// in AUTH_SMTP_URL, which goes over to TLS by STARTTLS (port 587)",
    "certificate": "name the host in AUTH_SMTP_URL as its certificate does, from an authority that this machine knows",
}
OF_A_MAIL = ("SMTPSenderRefused", "SMTPRecipientsRefused", "SMTPDataError")
LATER = (
    "it takes the mail only later, as servers do that greylist or whose quota is used up: the service tries again by "
    "itself, but codes come minutes late; ask the mail provider to let our mails through at once"
)
OTHERWISE = "look at AUTH_SMTP_URL and at the log of the mail server"


async def findings(settings: Settings, to: str | None) -> list[Finding]:
    if settings.smtp_url is None:
        return [(doubt if settings.development else fault)(WHAT, "no code can be sent: set AUTH_SMTP_URL.")]
    mailer = SmtpMailer(settings.smtp_url, settings.mail_from, settings.mail_timeout_s)
    found: list[Finding] = []
    try:
        takes_utf8 = await mailer.greet()
        found.append(good(WHAT, "the server answers and lets us in."))
        if settings.smtp_utf8 and not takes_utf8:
            found.append(fault(WHAT, "it takes no letters beyond a to z before the @: set AUTH_SMTP_UTF8=0."))
        if to is not None:
            await mailer.send(check_mail(to, time.time()))
            found.append(good(WHAT, "the server took a mail for the address: see that it arrives, and not as spam."))
    except MailError as error:
        name, advice = str(error), UNREACHED.get(reason(error))
        if advice is not None:
            return [fault(WHAT, f"it cannot be reached ({words(error)}): {advice}.")]
        if name in OF_A_MAIL and not error.permanent:
            return [*found, fault(WHAT, f"{LATER} ({name}).")]
        return [fault(WHAT, f"it failed ({name}): {ADVICE.get(name, OTHERWISE)}.")]
    if to is None:
        found.append(doubt(WHAT, "whether one arrives was not tried: run it again with --mail you@example.org."))
    return found


async def waiting(store: Store) -> list[Finding]:
    """What the workers have seen become of visitors' mails; nothing when all is well, or Redis does not say."""
    try:
        lasts_s = await trouble_s(store)
    except (StoreDown, StoreRefusal):  # told already, for Redis
        return []
    if lasts_s < MAIL_PATIENCE_S:
        return []
    return [fault(WHAT, f"those of visitors have not left for {int(lasts_s) // 60} min: look for mail.refused and "
                        "mail.retry in the log of the sign-in service, then in that of the mail server.")]

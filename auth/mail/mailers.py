"""Ways a mail leaves: by SMTP, or into a mailbox in memory for development."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any, Protocol, TextIO
from urllib.parse import unquote, urlsplit

import aiosmtplib

from auth.mail.mails import Mail
from auth.origins import LOOPBACK_HOSTS

SMTP_PORT, SMTPS_PORT = 587, 465


class MailError(Exception):
    """Not delivered. `permanent`: trying this mail again is of no use; `of_address`: since its address is refused."""

    def __init__(self, reason: str, permanent: bool, of_address: bool = False) -> None:
        super().__init__(reason)
        self.permanent: bool = permanent
        self.of_address: bool = of_address


class Mailer(Protocol):
    """Hands one mail over, or raises MailError."""

    async def send(self, mail: Mail) -> None: ...


class SmtpMailer:
    """SMTP by URL: smtps:// is TLS from the start; smtp:// insists on STARTTLS except on the loopback."""

    def __init__(self, url: str, sender: str, timeout_s: float, now_s: Callable[[], float] = time.time) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("AUTH_SMTP_URL must look like smtp://user:password@host:587 or smtps://...")
        self._sender = sender
        self._now_s = now_s
        self._timeout_s = timeout_s
        self._host = parts.hostname
        self._tls = parts.scheme == "smtps"
        self._port = parts.port or (SMTPS_PORT if self._tls else SMTP_PORT)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None

    async def send(self, mail: Mail) -> None:
        message = mail.message(self._sender, self._now_s())
        try:
            await self._deliver(message)
        except (aiosmtplib.SMTPRecipientsRefused, aiosmtplib.SMTPResponseException) as error:
            raise _refusal(error) from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailError(type(error).__name__, permanent=False) from None

    async def greet(self) -> bool:
        """Come in as for a mail, and go again. Whether the server takes SMTPUTF8; MailError names what it refused."""
        client = aiosmtplib.SMTP(**self._way())
        try:
            async with client:
                await client.noop()
                return client.supports_extension("smtputf8")
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
            raise MailError(type(error).__name__, permanent=False) from None

    async def _deliver(self, message: EmailMessage) -> None:
        await aiosmtplib.send(message, **self._way())

    def _way(self) -> dict[str, Any]:
        return {
            "hostname": self._host,
            "port": self._port,
            "username": self._user,
            "password": self._password,
            "use_tls": self._tls,
            "start_tls": None if self._tls or self._host in LOOPBACK_HOSTS else True,
            "timeout": self._timeout_s,
        }


class Mailbox:
    """Keeps the last mails in memory, newest last; `echo` also prints them. For development only."""

    def __init__(self, echo: TextIO | None = None, kept: int = 200) -> None:
        self.mails: deque[Mail] = deque(maxlen=kept)
        self._echo = echo

    async def send(self, mail: Mail) -> None:
        self.mails.append(mail)
        if self._echo is not None:
            print(f"--- mail to {mail.to}: {mail.subject}\n{mail.text()}---", file=self._echo, flush=True)


def console_mailbox() -> Mailbox:
    return Mailbox(sys.stdout)


def _refusal(error: aiosmtplib.SMTPRecipientsRefused | aiosmtplib.SMTPResponseException) -> MailError:
    name = type(error).__name__
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        is_unknown = all(refused.code >= 500 for refused in error.recipients)
        return MailError(name, is_unknown, of_address=is_unknown)
    # 535 and its like speak of our account, not of this mail; an operator can put that right in time.
    return MailError(name, error.code >= 500 and not isinstance(error, aiosmtplib.SMTPAuthenticationError))

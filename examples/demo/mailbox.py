"""A mail server that keeps what it receives and shows it on a page."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern

from aiosmtpd.smtp import SMTP, Envelope, Session
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

KEPT = 50
CODE = re.compile(r"\b(\d{4}) ?(\d{4})\b")


@dataclass(frozen=True)
class Mail:
    """One received mail. `code` is the eight digits of a sign-in code, or "" where there is none."""

    number: int
    to: str
    subject: str
    text: str
    code: str


class Mailbox:
    """Newest first, at most `KEPT`; the SMTP server's handler."""

    def __init__(self) -> None:
        self._mails: deque[Mail] = deque(maxlen=KEPT)
        self._count = 0

    def mails(self, to: str = "") -> list[Mail]:
        """All, or those of one recipient."""
        return [mail for mail in self._mails if to in ("", mail.to)]

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(bytes(envelope.original_content or b""), policy=modern)
        for recipient in envelope.rcpt_tos:
            self._keep(recipient, message)
        return "250 kept"

    def _keep(self, recipient: str, message: EmailMessage) -> None:
        part = message.get_body(("plain",))
        text = part.get_content() if part is not None else ""
        found = CODE.search(text)
        self._count += 1
        self._mails.appendleft(
            Mail(self._count, recipient, str(message["subject"] or ""), text, "".join(found.groups()) if found else "")
        )

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[None]:
        """Receives mail on `port` of 127.0.0.1."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True, ident="demo"), "127.0.0.1", port)
        try:
            yield
        finally:
            server.close()

    def routes(self) -> list[Route]:
        async def messages(request: Request) -> JSONResponse:
            mails = [asdict(mail) for mail in self.mails(request.query_params.get("to", ""))]
            return JSONResponse(mails, headers={"Cache-Control": "no-store"})

        return [Route("/mail/messages", messages)]

"""A real SMTP server in the test's own loop, which keeps what it is sent and refuses on demand."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections import deque
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP


class SmtpServer:
    """`messages` arrived, newest last. `replies` are given to the next DATA commands instead of accepting.

    `takes_utf8` is whether it offers SMTPUTF8. While it `greylists`, every recipient is told to come again. `refusals`
    has what it answers to each MAIL, RCPT or DATA.
    """

    def __init__(self, takes_utf8: bool = False) -> None:
        self._takes_utf8 = takes_utf8
        self.messages: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.replies: deque[str] = deque()
        self.refusals: dict[str, str] = {}
        self.greylists = False
        self.url = ""
        self._server: asyncio.Server | None = None

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._session, "127.0.0.1", port)
        self.url = f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _session(self) -> SMTP:
        loop = asyncio.get_running_loop()
        return SMTP(self, hostname="mail.test", loop=loop, enable_SMTPUTF8=self._takes_utf8)

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def handle_MAIL(
        self, server: object, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.refusals:
            return self.refusals["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(
        self, server: object, session: object, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.greylists:
            return "451 4.7.1 Greylisted, come again in five minutes"
        if "RCPT" in self.refusals:
            return self.refusals["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        if self.replies:
            return self.replies.popleft()
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"

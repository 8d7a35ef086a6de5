from __future__ import annotations

from email.message import EmailMessage

import aiosmtplib
import httpx
from starlette.applications import Starlette

from examples.demo.mailbox import KEPT, Mailbox
from examples.demo.server import free_port


async def send(port: int, to: str, subject: str, text: str) -> None:
    message = EmailMessage()
    message["From"] = "sign-in@example.org"
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    message.add_alternative(f"<p>{text}</p>", subtype="html")
    await aiosmtplib.send(message, hostname="127.0.0.1", port=port)


async def read(mailbox: Mailbox, query: str = "") -> list[dict[str, object]]:
    transport = httpx.ASGITransport(Starlette(routes=mailbox.routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        found: list[dict[str, object]] = (await client.get("/mail/messages" + query)).json()
    return found


async def test_a_mail_is_shown_with_its_code_newest_first() -> None:
    mailbox, port = Mailbox(), free_port()
    async with mailbox.serving(port):
        await send(port, "ada@example.org", "Your code", "Your code is 1234 5678. Never share it.")
        await send(port, "ben@example.org", "Notice", "A new device signed in.")
    mails = await read(mailbox)
    assert [(mail["number"], mail["code"], mail["subject"]) for mail in mails] == [
        (2, "", "Notice"),
        (1, "12345678", "Your code"),
    ]
    assert "Never share it" in str(mails[1]["text"])


async def test_one_recipients_mails_can_be_asked_for() -> None:
    mailbox, port = Mailbox(), free_port()
    async with mailbox.serving(port):
        for name in ("ada", "ben", "ada"):
            await send(port, f"{name}@example.org", "Your code", "1111 2222")
    assert [mail["number"] for mail in await read(mailbox, "?to=ada@example.org")] == [3, 1]


async def test_only_the_newest_mails_are_kept() -> None:
    mailbox, port = Mailbox(), free_port()
    async with mailbox.serving(port):
        for number in range(KEPT + 1):
            await send(port, "ada@example.org", f"{number}", "text")
    assert len(mailbox.mails()) == KEPT
    assert mailbox.mails()[0].subject == f"{KEPT}"

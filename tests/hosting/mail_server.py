"""`python -m tests.hosting.mail_server PORT CERTIFICATE KEY`: a mail provider, which prints a line for each mail.

It insists on STARTTLS and on the one account that the page names.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
import ssl
import sys
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

USER, PASSWORD = b"no-reply@example.org", b"s&cr#t/'$100%:@"
READY = "mail: ready"


class Printer:
    async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        body = message.get_body(("plain",))
        assert body is not None
        mail = {"to": envelope.rcpt_tos[0], "from": message["From"], "text": body.get_content()}
        print(json.dumps(mail), flush=True)
        return "250 OK"


def check(_server: object, _session: object, _envelope: object, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=given == LoginPassword(USER, PASSWORD), handled=False)


async def serve(port: int, certificate: str, key: str) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)

    def protocol() -> SMTP:
        options: dict[str, Any] = {"require_starttls": True, "auth_required": True, "authenticator": check}
        return SMTP(Printer(), hostname="mail.example.org", tls_context=tls, **options)

    server = await asyncio.get_running_loop().create_server(protocol, "0.0.0.0", port)
    print(READY, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], sys.argv[3]))

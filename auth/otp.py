"""One-time codes and the addresses they go to: plain functions without memory."""

from __future__ import annotations

import secrets
import unicodedata

from email_validator import EmailNotValidError, validate_email

from auth.secret import keyed
from widget.wire.codec import Writer

CODE_DIGITS = 8
MAX_EMAIL_CHARS = 254
MAX_CODE_CHARS = 32
CHALLENGE_BYTES = 16


class EmailError(ValueError):
    """Not an address that mail can be sent to."""


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):08d}"


def shown_code(code: str) -> str:
    """As people read it: "1234 5678"."""
    return f"{code[:4]} {code[4:]}"


def typed_code(text: str) -> str:
    """What was typed, without the spaces and dashes that people put between the digits."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CODE_CHARS])
    kept = "".join(character for character in plain if not character.isspace() and character != "-")
    return kept.encode("ascii", "replace").decode()


def code_mac(pepper: bytes, challenge: bytes, email: str, jkt: bytes, code: str) -> str:
    """What is stored of a code: HMAC(pepper, "auth/code" 00 challenge16 jkt32 lp(email) lp(code)) in hex."""
    writer = Writer().raw(b"auth/code\x00").fixed(challenge, CHALLENGE_BYTES).fixed(jkt, 32)
    return keyed(pepper, writer.long(email.encode()).long(code.encode()).done()).hex()


def login_nonce(key: bytes, challenge: bytes, jkt: bytes) -> bytes:
    """The nonce that the device signs: made from the challenge, so that nothing need be remembered for it."""
    return keyed(key, Writer().fixed(challenge, CHALLENGE_BYTES).fixed(jkt, 32).done())


def normal_email(text: str, development: bool) -> str:
    """The address as identity: domain in lower-case ASCII (IDNA), local part kept. Raises EmailError.

    In development the domain "test" and names without a dot are taken too.
    """
    if len(text) > MAX_EMAIL_CHARS or any(character in "\r\n\0" for character in text):
        raise EmailError("not an address")
    try:
        found = validate_email(
            text.strip(),
            check_deliverability=False,
            allow_smtputf8=False,
            strict=True,
            globally_deliverable=not development,
            test_environment=development,
        )
    except EmailNotValidError as error:
        raise EmailError("not an address") from error
    email = f"{found.ascii_local_part}@{found.ascii_domain.lower()}"
    if len(email) > MAX_EMAIL_CHARS:
        raise EmailError("not an address")
    return email


def mailbox_of(email: str) -> str:
    """Only for rate limits: the spellings that many providers deliver to one mailbox are one."""
    local, _, domain = email.rpartition("@")
    return f"{local.split('+')[0].replace('.', '').lower()}@{domain}"


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]

"""One-time codes and the addresses they go to: plain functions without memory."""

from __future__ import annotations

import secrets
import string
import unicodedata

from email_validator import EmailNotValidError, validate_email

from auth.secret import keyed
from widget.wire.codec import Writer

CODE_DIGITS = 8
MAX_EMAIL_CHARS = 254
MAX_CODE_CHARS = 32
CHALLENGE_BYTES = 16
A_TO_Z = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class EmailError(ValueError):
    """Not an address that mail can be sent to."""


class LettersError(EmailError):
    """An address with letters beyond ASCII before the @, which the mail server does not take."""


def new_code() -> str:
    return f"{secrets.randbelow(10**CODE_DIGITS):08d}"


def shown_code(code: str) -> str:
    """As people read it: "1234 5678"."""
    return f"{code[:4]} {code[4:]}"


def typed_code(text: str) -> str:
    """What was typed: digits of any script, without the spaces and dashes that people put between them."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CODE_CHARS])
    kept = "".join(_digit(character) for character in plain if not character.isspace() and character != "-")
    return kept.encode("ascii", "replace").decode()


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def code_mac(pepper: bytes, challenge: bytes, email: str, jkt: bytes, code: str) -> str:
    """What is stored of a code: HMAC(pepper, "auth/code" 00 challenge16 jkt32 lp(email) lp(code)) in hex."""
    writer = Writer().raw(b"auth/code\x00").fixed(challenge, CHALLENGE_BYTES).fixed(jkt, 32)
    return keyed(pepper, writer.long(email.encode()).long(code.encode()).done()).hex()


def login_nonce(key: bytes, challenge: bytes, jkt: bytes) -> bytes:
    """The nonce that the device signs: made from the challenge, so that nothing need be remembered for it."""
    return keyed(key, Writer().fixed(challenge, CHALLENGE_BYTES).fixed(jkt, 32).done())


def normal_email(text: str, development: bool, takes_utf8: bool = False) -> str:
    """The address as mail goes there: domain in lower-case ASCII (IDNA 2008), local part as written. Raises EmailError.

    In development the domain "test" and names without a dot are taken too. `takes_utf8` is whether the mail server
    takes a local part in UTF-8 (RFC 6531); where it does not, LettersError.
    """
    if len(text) > MAX_EMAIL_CHARS or any(character in "\r\n\0" for character in text):
        raise EmailError("not an address")
    try:
        found = validate_email(
            text.strip(),
            check_deliverability=False,
            allow_smtputf8=True,
            strict=True,
            globally_deliverable=not development,
            test_environment=development,
        )
    except EmailNotValidError as error:
        raise EmailError("not an address") from error
    local = found.ascii_local_part or found.local_part
    if not local.isascii() and not takes_utf8:
        raise LettersError("not an address for this mail server")
    email = f"{local}@{found.ascii_domain.lower()}"
    if len(email) > MAX_EMAIL_CHARS:
        raise EmailError("not an address")
    return email


def identity_of(email: str) -> str:
    """The address as the person whose it is: one mailbox is one person, however its letters are written.

    Of the local part only A to Z count as a to z. Other letters do not: Unicode's rules make "straße" and "strasse"
    one word, which are two mailboxes, and somebody else may have the other.
    """
    local, _, domain = email.rpartition("@")
    return f"{local.translate(A_TO_Z)}@{domain}"


def mailbox_of(email: str) -> str:
    """Only for rate limits: the spellings that many providers deliver to one mailbox are one."""
    local, _, domain = email.rpartition("@")
    return f"{local.split('+')[0].replace('.', '').lower()}@{domain}"


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]

"""Why a server could not be reached: what lies below the errors of whichever library called it."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Literal

Reason = Literal["name", "refused", "late", "plain", "certificate", "cut", "path", "unknown"]

REFUSED = f"[Errno {errno.ECONNREFUSED}]"  # asyncio says so of several addresses in one text
WORDS: dict[Reason, str] = {
    "name": "its name does not resolve",
    "refused": "nothing listens there",
    "late": "nothing came back in time",
    "plain": "it speaks no TLS there",
    "certificate": "its certificate does not count",
    "cut": "it hung up",
    "path": "there is no way to it",
}
KINDS: tuple[tuple[Reason, type[BaseException]], ...] = (
    ("certificate", ssl.SSLCertVerificationError),
    ("plain", ssl.SSLError),
    ("name", socket.gaierror),
    ("refused", ConnectionRefusedError),
    ("cut", ConnectionResetError),
    ("cut", BrokenPipeError),
    ("cut", EOFError),
    ("late", TimeoutError),
    ("path", FileNotFoundError),
    ("path", PermissionError),
)


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what was below it, from the top."""
    below: BaseException | None = error
    while below is not None:
        yield below
        below = below.exceptions[0] if isinstance(below, BaseExceptionGroup) else below.__cause__ or below.__context__


def reason(error: BaseException) -> Reason:
    for cause in causes(error):
        found = _of(cause)
        if found != "unknown":
            return found
    return "unknown"


def words(error: BaseException) -> str:
    """Half a sentence; the name of the error where nothing is known of it."""
    found = reason(error)
    if found == "certificate":
        (why,) = [cause for cause in causes(error) if isinstance(cause, ssl.SSLCertVerificationError)][:1]
        return f"{WORDS[found]}: {why.verify_message}"
    return WORDS.get(found) or type(error.__cause__ or error).__name__


def _of(error: BaseException) -> Reason:
    for found, kind in KINDS:
        if isinstance(error, kind):
            return found
    if isinstance(error, OSError):
        if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return "path"
        if REFUSED in str(error):
            return "refused"
    return "unknown"

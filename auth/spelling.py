"""Variables that are nearly ours. They would be overlooked in silence, so they are refused with the name meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from auth.environment import Variables, names_of

# What settings of either service begin with, or would if they were spelt so.
OURS = (
    "AUTH_", "SIGNALING_", "TURN_", "STUN_", "SERVICE_", "SMTP_", "MAIL_", "REDIS_", "TRUSTED_",
    "CHAT_DEV", "CHAT_PROD", "CHAT_OWN", "CHAT_NET", "CHAT_ORIG",
)  # fmt: skip
# Letters of a name that may be wrong, where it has as many as LONG. Shorter ones may be somebody else's (AUTO_PORT,
# OAUTH_URL), so of these only slips count, which make no other word; a missing letter from SHORT on (TUN_URL).
NEAR = 2
LONG = 12
SHORT = 8
_OF_A_SERVICE = re.compile(r"(AUTH|SIGNALING)_")
_LETTERS = re.compile(r"[^A-Z0-9]")
_OF_KUBERNETES = re.compile(r"\w+(_SERVICE_(HOST|PORT)|_PORT_\d+_(TCP|UDP))\w*")
# What others have a variable for and we do not, by how its name ends.
ELSEWHERE = (
    (re.compile(r"AUTH_WORKERS"), "write `python -m auth serve --workers 2`."),
    (re.compile(r"CHAT_PROD\w*"), "production is wherever CHAT_DEVELOPMENT is not set."),
    (re.compile(r"CHAT_ORIG\w*"), "sites are allowed by `python -m auth origins allow https://example.org`."),
    (re.compile(r"AUTH_(PUBLIC_URL|ISSUER|BASE_URL)"), "its keys have it, by `python -m auth keys new --issuer`."),
    (re.compile(r"(\w+_)?REDIS_(HOST|PORT|USER|USERNAME|PASSWORD|PASS|DB|TLS|SSL)"),
     "it is a part of REDIS_URL, as in redis://user:password@host:6379/0."),
    (re.compile(r"(\w+_)?(SMTP|MAIL)_(HOST|PORT|USER|USERNAME|PASSWORD|PASS|TLS|SSL|SERVER)"),
     "it is a part of SMTP_URL, as in smtp://user:password@host:587."),
)  # fmt: skip
LINKS_ADVICE = "Kubernetes makes it for a service of that name; set enableServiceLinks: false."


def unknown(environ: Mapping[str, str], program: str, *kinds: type[Variables]) -> Iterator[str]:
    """A sentence for each variable that looks like a setting and is none of `kinds`, the first of which is our own."""
    own = kinds[0]
    known = own.foreign | {name for kind in kinds for name in names_of(kind)}
    for name in sorted(environ.keys() - known):
        if _looks_ours(name.upper(), known) and not name.upper().startswith(own.foreign_prefixes):
            advice = _advice(name, environ[name], known)
            yield f"{name} is no setting: {advice} `python -m {program} settings` shows all."


def _looks_ours(name: str, known: Iterable[str]) -> bool:
    """By how it begins, or since it nearly is one of ours: SIGNALLING_WORKERS."""
    if name.startswith(OURS) or _meant(name, known) != "":
        return True
    if len(name) < LONG:
        return False
    return any(abs(len(name) - len(one)) <= NEAR and distance(name, one) <= NEAR for one in known)


def _advice(name: str, value: str, known: Iterable[str]) -> str:
    if value.startswith(("tcp://", "udp://")) or _OF_KUBERNETES.fullmatch(name) is not None:
        return LINKS_ADVICE
    for pattern, advice in ELSEWHERE:
        if pattern.fullmatch(name.upper()) is not None:
            return advice
    near = _meant(name.upper(), known) or nearest(name.upper(), known)
    return "take it out." if near == "" else f"did you mean {near}?"


def _meant(name: str, known: Iterable[str]) -> str:
    """The name of `known` that became `name` by a slip of the fingers, "" when none did."""
    return next((one for one in sorted(known) if is_slip(name, one)), "")


def is_slip(name: str, meant: str) -> bool:
    """Two neighbours changed places, a letter came twice or not at all, or what parts the words did not or is other."""
    if _LETTERS.sub("", name) == _LETTERS.sub("", meant):
        return True
    if len(name) == len(meant):
        return any(_swapped(meant, place) == name for place in range(len(meant) - 1))
    if len(name) == len(meant) + 1:
        return any(meant[:place] + meant[place - 1 :] == name for place in range(1, len(meant) + 1))
    return len(name) >= SHORT and any(meant[:place] + meant[place + 1 :] == name for place in range(len(meant)))


def _swapped(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def nearest(name: str, known: Iterable[str]) -> str:
    """The name of `known` with the fewest changes, whosever prefix it has; "" where a third of it would be changed."""
    end = _of_whomever(name)
    whole = [(distance(name, one), one) for one in known]
    ways = sorted((min(far, distance(end, _of_whomever(one))), far, one) for far, one in whole)
    return ways[0][2] if len(ways) > 0 and ways[0][0] <= max(1, len(end) // 3) else ""


def distance(one: str, other: str) -> int:
    """Letters to add, take out or replace (Levenshtein)."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, 1):
        before, row[0] = row[0], index
        for place, there in enumerate(other, 1):
            before, row[place] = row[place], min(before + (letter != there), row[place] + 1, row[place - 1] + 1)
    return row[-1]


def _of_whomever(name: str) -> str:
    """Without the name of the service."""
    return _OF_A_SERVICE.sub("", name, count=1) if _OF_A_SERVICE.match(name) else name

"""E-mail addresses as people type them."""

from __future__ import annotations

import re

# Enough to catch a slip; the service decides. Dots as UTS 46 has them: those of Chinese and Japanese keyboards too.
EMAIL = re.compile(r"[^@ ]+@[^@ .\u3002\uff0e\uff61]+(?:[.\u3002\uff0e\uff61][^@ .\u3002\uff0e\uff61]+)+")
# Where most people have their mail; "mail.com" and "ymail.com" for they are a slip from another and no slip.
COMMON = "gmail.com yahoo.com hotmail.com outlook.com icloud.com mail.com ymail.com live.com gmx.de gmx.net web.de"
DOMAINS = COMMON.split()


def is_email(text: str) -> bool:
    return EMAIL.fullmatch(text) is not None


def meant(text: str) -> str:
    """The address that may be meant where the domain is one slip off; "" where it is well, or may still become so."""
    name, _, domain_typed = text.partition("@")
    typed = domain_typed.lower()
    if name != "" and not any(domain.startswith(typed) for domain in DOMAINS):
        for domain in DOMAINS:
            if _is_slip(typed, domain):
                return f"{name}@{domain}"
    return ""


def _is_slip(typed: str, domain: str) -> bool:
    """One letter more, less, another, or behind those that it stands before."""
    while typed[:1] == domain[:1] != "":
        typed, domain = typed[1:], domain[1:]
    while typed[-1:] == domain[-1:] != "":
        typed, domain = typed[:-1], domain[:-1]
    return (len(typed) < 2 and len(domain) < 2) or typed == domain[1:] + domain[:1]

"""The HTTP headers of the CDN folder, as data: written to `_headers`, and asked for by the demo server."""

from __future__ import annotations

import re
from dataclasses import dataclass

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300, must-revalidate"
# What Cloudflare Pages says of a path that has no file, whatever the rules say.
NEVER = "no-store"

PART = re.compile(r"(\*|:[A-Za-z]\w*)")


@dataclass(frozen=True)
class Rule:
    """Headers of every path that fits: `*` in a pattern is anything, `:name` anything up to the next slash.

    `without` are headers of earlier rules that are taken off first: Cloudflare joins two values with a comma.
    """

    pattern: str
    headers: tuple[tuple[str, str], ...]
    without: tuple[str, ...] = ()

    def fits(self, path: str) -> bool:
        return re.fullmatch("".join(map(_expression, PART.split(self.pattern))), path) is not None


# The number of rules does not grow with the number of versions: Cloudflare reads a hundred of them.
RULES = (
    Rule(
        "/*",
        (
            ("Access-Control-Allow-Origin", "*"),
            ("Access-Control-Allow-Methods", "GET, OPTIONS"),
            ("Access-Control-Allow-Headers", "Content-Type"),
            ("Cross-Origin-Resource-Policy", "cross-origin"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "SAMEORIGIN"),
            ("Strict-Transport-Security", "max-age=31536000"),
            ("Cache-Control", SHORT),
        ),
    ),
    # v1.2.3 has two dots, v1.2 and v1 have not; a preview is v1.2.3-rc.1.
    Rule("/v:major.:minor.:patch/*", (("Cache-Control", FOREVER),), without=("Cache-Control",)),
    Rule("/*.js", (("Content-Type", "text/javascript; charset=utf-8"),)),
    Rule("/*.css", (("Content-Type", "text/css; charset=utf-8"),)),
    Rule("/*.map", (("Content-Type", "application/json; charset=utf-8"),)),
    Rule("/*.json", (("Content-Type", "application/json; charset=utf-8"),)),
    Rule("/*.ts", (("Content-Type", "text/plain; charset=utf-8"),)),
    Rule("/*.gz", (("Content-Type", "application/gzip"),)),
    Rule("/*.br", (("Content-Type", "application/x-brotli"),)),
)


def headers_for(path: str) -> dict[str, str]:
    """Headers of a path inside the CDN folder, such as "/v1.0.0/chat-widget.min.css"."""
    found: dict[str, str] = {}
    for rule in RULES:
        if rule.fits(path):
            kept = {name: value for name, value in found.items() if name not in rule.without}
            found = {**kept, **dict(rule.headers)}
    return found


def headers_for_missing(path: str) -> dict[str, str]:
    """Headers of a path where no file is."""
    return {**headers_for(path), "Cache-Control": NEVER}


def headers_file() -> str:
    """The text of a Cloudflare Pages `_headers` file."""
    return "\n\n".join(_block(rule) for rule in RULES) + "\n"


def _block(rule: Rule) -> str:
    lines = [*(f"! {name}" for name in rule.without), *(f"{name}: {value}" for name, value in rule.headers)]
    return "\n".join([rule.pattern, *(f"  {line}" for line in lines)])


def _expression(part: str) -> str:
    if part == "*":
        return ".*"
    return "[^/]+" if part.startswith(":") else re.escape(part)

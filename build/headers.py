"""The HTTP headers of the CDN folder, as data: written to `_headers`, and asked for by the demo server."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from build.versions import PATTERN

FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300, must-revalidate"


@dataclass(frozen=True)
class Rule:
    """Headers of every path that fits; `*` in a pattern fits anything."""

    pattern: str
    headers: tuple[tuple[str, str], ...]

    def fits(self, path: str) -> bool:
        return re.fullmatch(".*".join(map(re.escape, self.pattern.split("*"))), path) is not None


EVERYWHERE = Rule(
    "/*",
    (
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Methods", "GET, OPTIONS"),
        ("Access-Control-Allow-Headers", "Content-Type"),
        ("Cross-Origin-Resource-Policy", "cross-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Strict-Transport-Security", "max-age=31536000"),
    ),
)

TYPES = (
    Rule("/*.js", (("Content-Type", "text/javascript; charset=utf-8"),)),
    Rule("/*.css", (("Content-Type", "text/css; charset=utf-8"),)),
    Rule("/*.map", (("Content-Type", "application/json; charset=utf-8"),)),
    Rule("/*.json", (("Content-Type", "application/json; charset=utf-8"),)),
    Rule("/*.ts", (("Content-Type", "text/plain; charset=utf-8"),)),
    Rule("/*.gz", (("Content-Type", "application/gzip"),)),
    Rule("/*.br", (("Content-Type", "application/x-brotli"),)),
)


def is_exact(folder: str) -> bool:
    """True for v1.2.3, the only kind of folder whose bytes never change."""
    return folder.startswith("v") and PATTERN.fullmatch(folder[1:]) is not None


def rules(folders: Iterable[str]) -> list[Rule]:
    """No path gets one header from two rules: Cloudflare would join the values with a comma."""
    caching = [Rule(f"/{name}/*", (("Cache-Control", _caching(name)),)) for name in sorted(folders)]
    return [EVERYWHERE, *caching, Rule("/manifest.json", (("Cache-Control", SHORT),)), *TYPES]


def headers_for(path: str) -> dict[str, str]:
    """Headers of a path inside the CDN folder, such as "/v1.0.0/chat-widget.min.css"."""
    folder = path.lstrip("/").partition("/")[0]
    known = rules([folder] if path.lstrip("/").count("/") > 0 else [])
    return {name: value for rule in known if rule.fits(path) for name, value in rule.headers}


def headers_file(folders: Iterable[str]) -> str:
    """The text of a Cloudflare Pages `_headers` file."""
    blocks = [
        "\n".join([rule.pattern, *(f"  {name}: {value}" for name, value in rule.headers)]) for rule in rules(folders)
    ]
    return "\n\n".join(blocks) + "\n"


def _caching(folder: str) -> str:
    return FOREVER if is_exact(folder) else SHORT

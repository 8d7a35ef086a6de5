"""The headers of the CDN folder: immutable only where bytes never change."""

from __future__ import annotations

import pytest

from build.headers import FOREVER, SHORT, headers_file, headers_for, is_exact, rules

FOLDERS = ["v1.0.0", "v1.0", "v1", "latest", "v2.0.0-rc.1"]


@pytest.mark.parametrize("folder", ["v1.0.0", "v12.0.3", "v2.0.0-rc.1"])
def test_an_exact_version_is_kept_forever(folder: str) -> None:
    assert headers_for(f"/{folder}/chat-widget.iife.min.js")["Cache-Control"] == FOREVER


@pytest.mark.parametrize("path", ["/v1/a.js", "/v1.0/a.js", "/latest/a.js", "/manifest.json", "/other/a.js"])
def test_all_that_moves_is_kept_five_minutes(path: str) -> None:
    assert headers_for(path)["Cache-Control"] == SHORT


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("chat-widget.iife.min.js", "text/javascript; charset=utf-8"),
        ("chat-widget.min.css", "text/css; charset=utf-8"),
        ("chat-widget.iife.min.js.map", "application/json; charset=utf-8"),
        ("manifest.json", "application/json; charset=utf-8"),
        ("chat-widget.min.css.gz", "application/gzip"),
    ],
)
def test_each_kind_of_file_has_its_type(name: str, kind: str) -> None:
    headers = headers_for(f"/v1.0.0/{name}")
    assert headers["Content-Type"] == kind
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_any_site_may_load_the_files() -> None:
    headers = headers_for("/v1/chat-widget.iife.min.js")
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_path_gets_each_header_from_one_rule_only() -> None:
    """Cloudflare joins the values of two rules with a comma, which would break each of these headers."""
    for path in [
        f"/{folder}/{name}" for folder in FOLDERS for name in ("a.js", "a.js.map", "manifest.json", "a.css.gz")
    ]:
        names = [name for rule in rules(FOLDERS) if rule.fits(path) for name, _ in rule.headers]
        assert len(names) == len(set(names))


def test_the_file_says_what_the_function_says() -> None:
    """Reads `_headers` as Cloudflare does and compares each path."""
    read: list[tuple[str, dict[str, str]]] = []
    for line in headers_file(FOLDERS).splitlines():
        if line.startswith("/"):
            read.append((line, {}))
        elif line.strip() != "":
            name, _, value = line.strip().partition(": ")
            read[-1][1][name] = value
    for path in [f"/{folder}/{name}" for folder in FOLDERS for name in ("a.js", "a.map", "a.css")] + ["/manifest.json"]:
        expected: dict[str, str] = {}
        for pattern, headers in read:
            start, star, end = pattern.partition("*")
            if path == pattern or (star and path.startswith(start) and path.endswith(end)):
                expected |= headers
        assert headers_for(path) == expected


def test_cloudflare_allows_one_star_and_a_hundred_rules() -> None:
    found = rules([f"v1.0.{patch}" for patch in range(80)])
    assert len(found) <= 100
    assert all(rule.pattern.count("*") <= 1 for rule in found)


def test_only_three_numbers_are_exact() -> None:
    assert [name for name in [*FOLDERS, "vault", "1.0.0", "v1.0.0.0"] if is_exact(name)] == ["v1.0.0", "v2.0.0-rc.1"]

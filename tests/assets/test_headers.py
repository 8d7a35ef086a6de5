"""The headers of the CDN folder: immutable only where bytes never change."""

from __future__ import annotations

import re

import pytest

from build.headers import FOREVER, NEVER, RULES, SHORT, headers_file, headers_for, headers_for_missing

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
        given: set[str] = set()
        for rule in RULES:
            if rule.fits(path):
                given -= set(rule.without)
                assert given.isdisjoint(name for name, _ in rule.headers)
                given |= {name for name, _ in rule.headers}


def test_the_file_says_what_the_function_says() -> None:
    """Reads `_headers` as Cloudflare does and compares each path."""
    read: list[tuple[str, list[str]]] = []
    for line in headers_file().splitlines():
        if line.startswith("/"):
            read.append((line, []))
        elif line.strip() != "":
            read[-1][1].append(line.strip())
    for path in [f"/{folder}/{name}" for folder in FOLDERS for name in ("a.js", "a.map", "a.css")] + ["/manifest.json"]:
        expected: dict[str, str] = {}
        for pattern, lines in read:
            expression = re.sub(r":[a-z]+", "[^/]+", pattern.replace(".", r"\.").replace("*", ".*"))
            if re.fullmatch(expression, path) is None:
                continue
            for line in lines:
                name, _, value = line.removeprefix("! ").partition(": ")
                expected.pop(name, None)
                if not line.startswith("!"):
                    expected[name] = value
        assert headers_for(path) == expected


def test_a_path_without_a_file_is_never_cached() -> None:
    """The version may be released a minute later."""
    assert headers_for_missing("/v9.9.9/chat-widget.iife.min.js")["Cache-Control"] == NEVER


def test_cloudflare_allows_one_star_and_a_hundred_rules() -> None:
    assert len(RULES) <= 100
    assert all(rule.pattern.count("*") <= 1 for rule in RULES)
    assert all(len(line) <= 2000 for line in headers_file().splitlines())

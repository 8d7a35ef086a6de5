"""Hashes, tags and manifests."""

from __future__ import annotations

import json

from build.compress import gzip_bytes
from build.integrity import (
    SCRIPT,
    STYLE,
    cdn_manifest,
    facts,
    integrity,
    script_tag,
    to_json,
    version_manifest,
)
from build.versions import Version

ONE = Version.parse("1.0.0")
FILES = {SCRIPT: b"alert(1);" * 99, STYLE: b"p{}"}


def test_a_hash_is_what_browsers_compute() -> None:
    """The example of the W3C recommendation, section 3.2."""
    assert integrity(b"alert('Hello, world.');") == (
        "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
    )


def test_the_script_tag_pins_the_exact_version() -> None:
    assert script_tag(ONE, "sha384-x") == (
        '<script src="https://chat-cdn.idling.app/v1.0.0/chat-widget.iife.min.js" '
        'integrity="sha384-x" crossorigin="anonymous"></script>'
    )


def test_sizes_are_those_of_the_files() -> None:
    found = facts(FILES)[SCRIPT]
    assert (found.size_bytes, found.gzip_size_bytes) == (len(FILES[SCRIPT]), len(gzip_bytes(FILES[SCRIPT])))


def test_the_manifest_lists_versions_with_ready_tags() -> None:
    two = Version.parse("1.1.0")
    manifests = {version: version_manifest(version, FILES) for version in (ONE, two)}
    found = json.loads(to_json(cdn_manifest(manifests)))
    assert list(found["versions"]) == ["1.1.0", "1.0.0"]
    assert found["latest"] == "1.1.0"
    assert found["aliases"] == {"latest": "1.1.0", "v1": "1.1.0", "v1.0": "1.0.0", "v1.1": "1.1.0"}
    first = found["versions"]["1.0.0"]
    assert first["path"] == "/v1.0.0/"
    assert first["script"] == script_tag(ONE, integrity(FILES[SCRIPT]))
    assert first["files"][STYLE] == {"bytes": 3, "gzipBytes": 26, "integrity": integrity(b"p{}")}
    assert integrity(FILES[STYLE]) in first["style"]


def test_a_cdn_with_only_a_preview_has_no_latest() -> None:
    preview = Version.parse("1.0.0-rc.1")
    assert cdn_manifest({preview: version_manifest(preview, FILES)})["latest"] is None

"""Versions, their folders, and the release that never changes."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from build.versions import (
    Version,
    VersionError,
    aliases,
    is_exact,
    is_moving,
    project_version,
    read_releases,
    refuse_changed_release,
)

ROOT = Path(__file__).resolve().parents[2]
RELEASED = {"1.0.0": {"a.js": "sha384-A", "a.css": "sha384-B"}}


@pytest.mark.parametrize(
    "text", ["1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.2.x", "", "1.2.3-", "1.2.3 ", "1.2.3-a..b"]
)
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(VersionError):
        Version.parse(text)


def test_the_version_comes_from_pyproject() -> None:
    (line,) = re.findall(r'(?m)^version = "(.*)"$', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert str(project_version(ROOT)) == line


def test_a_version_is_written_as_it_is_read() -> None:
    for text in ("0.0.1", "1.2.3", "10.20.30", "2.0.0-rc.1"):
        assert str(Version.parse(text)) == text
    assert Version.parse("1.2.3").folder == "v1.2.3"


def test_moving_folders_show_the_highest_version() -> None:
    versions = [Version.parse(text) for text in ("1.0.0", "1.0.10", "1.0.9", "1.1.0", "2.0.0", "0.9.0")]
    found = {name: str(version) for name, version in aliases(versions).items()}
    assert found == {
        "latest": "2.0.0", "v0": "0.9.0", "v0.9": "0.9.0", "v1": "1.1.0", "v1.0": "1.0.10", "v1.1": "1.1.0",
        "v2": "2.0.0", "v2.0": "2.0.0",
    }  # fmt: skip


def test_versions_are_ordered_as_semantic_versioning_orders_them() -> None:
    """The example of Semantic Versioning 2.0.0, 11."""
    order = ["1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11"]
    order += ["1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0", "2.0.0"]
    shuffled = [Version.parse(text) for text in order]
    random.Random(1).shuffle(shuffled)
    assert [str(version) for version in sorted(shuffled)] == order


def test_a_folder_is_exact_or_moving_or_neither() -> None:
    names = ["v1.0.0", "v2.0.0-rc.1", "v1.0", "v1", "latest", "vault", "1.0.0", "v1.0.0.0", "v01", "v1.", "later"]
    assert [name for name in names if is_exact(name)] == ["v1.0.0", "v2.0.0-rc.1"]
    assert [name for name in names if is_moving(name)] == ["v1.0", "v1", "latest"]


def test_a_preview_moves_nothing() -> None:
    assert aliases([Version.parse("2.0.0-rc.1")]) == {}


def test_a_release_may_be_built_again_with_the_same_bytes() -> None:
    refuse_changed_release(Version.parse("1.0.0"), RELEASED["1.0.0"], RELEASED)


@pytest.mark.parametrize(
    ("hashes", "named"),
    [
        ({"a.js": "sha384-X", "a.css": "sha384-B"}, "a.js"),
        ({"a.js": "sha384-A"}, "a.css"),
        ({**RELEASED["1.0.0"], "b.js": "sha384-C"}, "b.js"),
    ],
)
def test_a_release_with_other_bytes_is_refused(hashes: dict[str, str], named: str) -> None:
    with pytest.raises(VersionError, match=f"would change: {named};"):
        refuse_changed_release(Version.parse("1.0.0"), hashes, RELEASED)


def test_an_unreleased_version_may_change() -> None:
    refuse_changed_release(Version.parse("1.0.1"), {"a.js": "sha384-X"}, RELEASED)


def test_the_committed_releases_are_versions_with_hashes() -> None:
    for version, hashes in read_releases(ROOT / "releases.json").items():
        Version.parse(version)
        assert all(value.startswith("sha384-") for value in hashes.values())
        assert len(hashes) > 0


def test_without_a_file_nothing_is_released(tmp_path: Path) -> None:
    assert read_releases(tmp_path / "releases.json") == {}

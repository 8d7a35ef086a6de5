"""Versions, the folders they are served from, and the promise that a released one never changes."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PATTERN = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?")
MOVING = re.compile(r"latest|v(0|[1-9]\d*)(\.(0|[1-9]\d*))?")


class VersionError(Exception):
    """A version that is no version, or one that was released with other bytes."""


@functools.total_ordering
@dataclass(frozen=True)
class Version:
    """Semantic version; `pre` ("rc.1") never moves an alias."""

    major: int
    minor: int
    patch: int
    pre: str = ""

    @classmethod
    def parse(cls, text: str) -> Version:
        match = PATTERN.fullmatch(text)
        if match is None:
            raise VersionError(f"{text!r} is not a version like 1.2.3")
        return cls(int(match[1]), int(match[2]), int(match[3]), match[4] or "")

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}" + (f"-{self.pre}" if self.pre else "")

    def __lt__(self, other: Version) -> bool:
        """Semantic Versioning 2.0.0, 11: a preview comes before its release, numbers before words."""
        return self._rank < other._rank

    @property
    def folder(self) -> str:
        return f"v{self}"

    @property
    def _rank(self) -> tuple[object, ...]:
        parts = [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in self.pre.split(".")]
        return (self.major, self.minor, self.patch, self.pre == "", parts)


def project_version(root: Path) -> Version:
    """The one place that says it is `[project] version` of pyproject.toml."""
    data = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    return Version.parse(data["project"]["version"])


def is_exact(folder: str) -> bool:
    """True for v1.2.3, the only kind of folder whose bytes never change."""
    return folder.startswith("v") and PATTERN.fullmatch(folder[1:]) is not None


def is_moving(folder: str) -> bool:
    """True for v1, v1.2 and latest."""
    return MOVING.fullmatch(folder) is not None


def aliases(versions: Iterable[Version]) -> dict[str, Version]:
    """Moving folders and the version each shows: {"latest": 1.2.3, "v1": 1.2.3, "v1.2": 1.2.3}, highest wins."""
    found: dict[str, Version] = {}
    for version in sorted(version for version in versions if version.pre == ""):
        for name in (f"v{version.major}.{version.minor}", f"v{version.major}", "latest"):
            found[name] = version
    return dict(sorted(found.items()))


def read_releases(path: Path) -> dict[str, dict[str, str]]:
    """releases.json: {"1.0.0": {"chat-widget.iife.min.js": "sha384-..."}}; nothing released where it is missing."""
    if not path.is_file():
        return {}
    data: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return data


def refuse_changed_release(
    version: Version, hashes: Mapping[str, str], releases: Mapping[str, Mapping[str, str]]
) -> None:
    """Raises VersionError where `version` is released and any file differs, is missing or is new."""
    released = releases.get(str(version))
    if released is None or dict(released) == dict(hashes):
        return
    changed = ", ".join(differing(released, hashes))
    raise VersionError(
        f"version {version} is released and these files would change: {changed}; raise the version instead"
    )


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """Names whose values differ or that only one of them has."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]

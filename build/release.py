"""A release: raise the version, build, check, record the hashes, commit, tag; from then on its bytes are fixed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from build.budget import Budgets
from build.integrity import hash_list, hashes, to_json
from build.pipeline import Progress, build
from build.publish import publish
from build.repository import Repository
from build.versions import Version, read_releases, refuse_changed_release

PROJECT = "pyproject.toml"
CHANGELOG = "CHANGELOG.md"
RELEASES = "releases.json"
VERSION_LINE = re.compile(r'(?m)^version = "[^"\n]*"$')
HEADING = re.compile(r"(?m)^## .*$")
UNRELEASED = re.compile(r"## \S+ \(unreleased\)")


class ReleaseRefused(Exception):
    """`code` is stable; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def release(root: Path, version: Version, date: str, progress: Progress) -> str:
    """What was released, for the terminal. `date` is that of the changelog ("2026-11-23").

    Raises ReleaseRefused and all that a build raises; then every file is as it was.
    """
    repository = Repository(root)
    texts = prepare(root, repository, version, date)
    before = {name: (root / name).read_bytes() for name in (PROJECT, CHANGELOG, RELEASES)}
    try:
        _write(root, texts)
        files = build(root, progress).files
        releases = read_releases(root / RELEASES)
        refuse_changed_release(version, hashes(files), releases)
        Budgets.read(root).check(files)
        _write(root, {RELEASES: _with_release(releases, version, files)})
        repository.commit((PROJECT, CHANGELOG, RELEASES), f"Release {version}")
    except BaseException:
        for name, data in before.items():
            (root / name).write_bytes(data)
        raise
    repository.tag(version.folder, f"Release {version}")
    publish(version, files, root / "cdn_dist", Budgets.read(root), read_releases(root / RELEASES))
    progress.done("release", version.folder)
    return f"{hash_list(version, hashes(files))}\n\n{version} is released: git push --follow-tags"


def prepare(root: Path, repository: Repository, version: Version, date: str) -> dict[str, str]:
    """The new texts of the project's files; writes nothing. Raises ReleaseRefused."""
    _refuse_dirty(repository)
    _refuse_existing(repository, version, read_releases(root / RELEASES))
    return {
        PROJECT: raised((root / PROJECT).read_text("utf-8"), version),
        CHANGELOG: dated((root / CHANGELOG).read_text("utf-8"), version, date),
    }


def raised(project: str, version: Version) -> str:
    """pyproject.toml with this version."""
    if len(VERSION_LINE.findall(project)) != 1:
        raise ReleaseRefused("release.project", f'{PROJECT} needs exactly one line version = "..."')
    return VERSION_LINE.sub(f'version = "{version}"', project)


def dated(changelog: str, version: Version, date: str) -> str:
    """The changelog with its first heading, "## 1.2.3 (unreleased)", made that of the release."""
    headings = list(HEADING.finditer(changelog))
    if len(headings) == 0 or UNRELEASED.fullmatch(headings[0].group()) is None:
        raise ReleaseRefused("release.changelog", f"{CHANGELOG} needs a first heading '## {version} (unreleased)'")
    first = headings[0]
    end = headings[1].start() if len(headings) > 1 else len(changelog)
    if changelog[first.end() : end].strip() == "":
        raise ReleaseRefused("release.changelog", f"{CHANGELOG} says nothing under '{first.group()}'")
    return f"{changelog[: first.start()]}## {version} ({date}){changelog[first.end() :]}"


def _refuse_dirty(repository: Repository) -> None:
    changed = repository.changed()
    if len(changed) > 0:
        shown = ", ".join(changed[:5]) + (", ..." if len(changed) > 5 else "")
        raise ReleaseRefused("release.dirty", f"commit or remove these first: {shown}")


def _refuse_existing(repository: Repository, version: Version, releases: Mapping[str, Mapping[str, str]]) -> None:
    listed = [Version.parse(text) for text in releases]
    tagged = repository.released()
    if version in listed or version in tagged:
        raise ReleaseRefused("release.exists", f"{version} is released; its bytes are fixed")
    unlisted = [other.folder for other in tagged if other not in listed]
    if len(unlisted) > 0:
        # As on a branch for an old version: built without them, `latest` would move back.
        raise ReleaseRefused(
            "release.behind", f"{RELEASES} here does not list {', '.join(unlisted)}: bring it up to date first"
        )
    line = [other for other in listed if (other.major, other.minor) == (version.major, version.minor)]
    if len(line) > 0 and max(line) > version:
        raise ReleaseRefused("release.order", f"{max(line)} is released, which is higher than {version}")


def _with_release(releases: Mapping[str, Mapping[str, str]], version: Version, files: Mapping[str, bytes]) -> str:
    every = {**releases, str(version): hashes(files)}
    return to_json({text: every[text] for text in sorted(every, key=Version.parse)}).decode("utf-8")


def _write(root: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        (root / name).write_text(text, "utf-8", newline="\n")

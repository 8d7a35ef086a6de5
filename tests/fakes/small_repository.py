"""The small project as a git repository with a changelog and no release yet."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.fakes.small_project import write

CHANGELOG = "# Changelog\n\n## 1.2.3 (unreleased)\n\n- It greets.\n"


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def commit_all(root: Path, message: str = "Change") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


def begin(root: Path) -> Path:
    """`root` with its first commit. Its own settings stand before the machine's."""
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    settings = {"user.name": "Somebody", "user.email": "somebody@example.org", "core.hooksPath": ".git/hooks"}
    for name, value in {**settings, "commit.gpgSign": "false", "tag.gpgSign": "false"}.items():
        git(root, "config", name, value)
    ignored = "/cdn_dist/\n/npm_dist/\n.work\n"
    write(root, {"CHANGELOG.md": CHANGELOG, "releases.json": "{}\n", ".gitignore": ignored})
    commit_all(root, "Begin")
    return root


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    return begin(tmp_path / "small")

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


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its root. Git knows nothing of the machine's own settings."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Somebody")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "somebody@example.org")
    root = tmp_path / "small"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    ignored = "/cdn_dist/\n/npm_dist/\n.work/\n"
    write(root, {"CHANGELOG.md": CHANGELOG, "releases.json": "{}\n", ".gitignore": ignored})
    commit_all(root, "Begin")
    return root

"""What a release asks of git, and does with it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from build.versions import Version, is_exact

TIMEOUT_S = 60


class GitFailed(Exception):
    """git's own words."""


class Repository:
    """The working tree at `root`."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def changed(self) -> list[str]:
        """Paths that are not as the last commit has them, files that git does not know among them."""
        lines = self._git("status", "--porcelain=v1", "--untracked-files=all").splitlines()
        return sorted(line[3:] for line in lines)

    def released(self) -> list[Version]:
        """Versions that have a tag ("v1.2.3"), lowest first."""
        tags = self._git("tag", "--list", "v*").split()
        return sorted(Version.parse(tag[1:]) for tag in tags if is_exact(tag))

    def head(self) -> str:
        """The hash of the last commit."""
        return self._git("rev-parse", "HEAD").strip()

    def commit(self, paths: Iterable[str], message: str) -> None:
        """These files and nothing else."""
        self._git("commit", "--quiet", "--only", "--message", message, "--", *paths)

    def tag(self, name: str, message: str) -> None:
        self._git("tag", "--annotate", "--message", message, name)

    def _git(self, *arguments: str) -> str:
        done = subprocess.run(  # noqa: S603 - git with our own arguments
            ["git", "-C", str(self._root), *arguments],  # noqa: S607 - the git of the person who releases
            capture_output=True,
            timeout=TIMEOUT_S,
        )
        if done.returncode != 0:
            raise GitFailed(f"git {arguments[0]}: {done.stderr.decode('utf-8', 'replace').strip()}")
        return done.stdout.decode("utf-8")

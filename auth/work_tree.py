"""Whether git would take a file into a commit: `keys new` writes no private key to such a place."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path

from auth.keys import KeyFolderError

IGNORED = ("*.pem", "*.key")  # as this project's .gitignore has it, and every folder named KEYS
KEYS = "keys"


def refuse_commits(paths: Iterable[Path]) -> None:
    """KeyFolderError for the first of these files-to-be that `git add` would take."""
    for path in paths:
        tree = _work_tree(path.absolute())
        if tree is not None and _takes(tree, path.absolute()):
            advice = f"name a place outside of {tree}, or one that its .gitignore keeps out"
            raise KeyFolderError(f"git would take the private key {path} into a commit: {advice}.")


def _work_tree(path: Path) -> Path | None:
    """Where the `.git` above the file is; a file of that name counts too, as submodules have it."""
    return next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)


def _takes(tree: Path, path: Path) -> bool:
    """By git's own word; where there is no git, or it says nothing here, by the names."""
    place = path.resolve().relative_to(tree)
    git = shutil.which("git")
    if git is not None:
        command = [git, "-C", str(tree), "check-ignore", "--quiet", "--", str(place)]
        code = subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 - no shell, own words
        if code in (0, 1):  # 128: not a repository, or somebody else's
            return code == 1
    return KEYS not in place.parts[:-1] and not any(fnmatch(place.name, pattern) for pattern in IGNORED)

"""No secret gets into a commit by accident, and no tracked file is hidden."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.small_repository import git

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = "cw-keys.jws"  # signed for everybody: the service publishes it
COPIES = (
    "root.pem~", "root.pem.bak", "root.pem.gpg", "deploy/sign-1.pem.old",
    "master.key", "master.key.old", "pepper-1.key~",
    "keys.old/rootkey", "keys-2026/rootkey", "keys_copy/rootkey", "keys~/rootkey", "keys.tar", "keys-2026.tar.gz",
    "keys.tgz", "keys.zip", "old-keys.tgz", "backup-keys/rootkey", "oldkeys/rootkey", "keys2/rootkey",
    "keys (copy)/rootkey",
    "root.p12", "root.jwk", "dump.rdb",
    "examples/hosting/containers/chat.env", "examples/hosting/containers/chat.env~", "signaling.env.bak",
)
LEFTOVERS = (
    ".env", ".env.production", ".coverage", ".coverage.1234", "htmlcov/index.html", "mutants/auth/otp.py",
    "cdn_dist/.v1.0.0.new/chat-widget.css", "cdn_dist/.latest.new/manifest.json",
)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """An empty repository with the project's own rules and none of the machine's."""
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "core.excludesFile", os.devnull)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    return tmp_path


def added(folder: Path) -> list[str]:
    """What `git add -A` takes."""
    git(folder, "add", "--all")
    return git(folder, "ls-files").split()


def make_keys(folder: Path, keys: str = "", root: str = "") -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("AUTH_KEY_FOLDER", None)
    named = [] if keys == "" else ["--folder", keys]
    new = ["keys", "new", "--issuer", "https://auth.example.org", *([] if root == "" else ["--root", root])]
    command = [sys.executable, "-m", "auth", *named, *new]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)


def test_keys_in_their_usual_folder_are_not_added(scratch: Path) -> None:
    make_keys(scratch)
    assert len(list((scratch / "keys").iterdir())) > 5
    assert added(scratch) == [".gitignore"]


def test_private_keys_in_another_folder_are_not_added(scratch: Path) -> None:
    make_keys(scratch, "deploy/secrets")
    assert len(list((scratch / "deploy/secrets").iterdir())) > 5
    assert added(scratch) == [".gitignore", f"deploy/secrets/{PUBLIC}"]


@pytest.mark.parametrize("name", COPIES)
def test_copies_of_keys_are_not_added(scratch: Path, name: str) -> None:
    path = scratch / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("secret")
    assert added(scratch) == [".gitignore"]


def test_a_root_key_of_any_name_is_not_added(scratch: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        make_keys(scratch, "keys", root="root of chat")
    assert b"git would take the private key root of chat into a commit" in refused.value.stderr
    assert added(scratch) == [".gitignore"]


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_one_machine_leaves_is_not_added(scratch: Path, name: str) -> None:
    path = scratch / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("left")
    assert added(scratch) == [".gitignore"]


def test_no_tracked_file_is_ignored() -> None:
    assert git(ROOT, "ls-files", "--cached", "--ignored", "--exclude-standard").split() == []

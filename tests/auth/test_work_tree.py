"""`keys new` in a git work tree writes private keys only where git takes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from auth.__main__ import main
from auth.keys import KeyFolderError
from auth.work_tree import refuse_commits
from tests.fakes.small_repository import git

NEW = ("keys", "new", "--issuer", "https://auth.test")
RULES = "keys/\n*.pem\n*.key\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    folder.mkdir()
    git(folder, "init", "--quiet")
    (folder / ".gitignore").write_text(RULES, "utf-8")
    return folder


def new(folder: Path, root: Path | None = None) -> int:
    return main(["--folder", str(folder), *NEW, *([] if root is None else ["--root", str(root)])])


def test_a_root_that_git_would_take_is_refused_and_nothing_is_made(tree: Path) -> None:
    with pytest.raises(KeyFolderError) as refused:
        new(tree / "keys", tree / "root of chat")
    assert str(refused.value) == (
        f"git would take the private key {tree}/root of chat into a commit: "
        f"name a place outside of {tree}, or one that its .gitignore keeps out."
    )
    assert sorted(path.name for path in tree.iterdir()) == [".git", ".gitignore"]


def test_every_private_key_is_asked_for(tree: Path) -> None:
    for rule, named in (("*.key\n", "root.pem"), ("*.pem\n", "master.key"), ("root.pem\n*.key\n", "sign-0.pem")):
        (tree / ".gitignore").write_text(rule, "utf-8")
        with pytest.raises(KeyFolderError, match=named):
            new(tree / "deploy")
    assert not (tree / "deploy").exists()


def test_what_git_keeps_out_and_what_lies_elsewhere_is_written(tree: Path, tmp_path: Path) -> None:
    assert new(tree / "deploy/secret") == 0
    (tree / ".gitignore").write_text(RULES + "root of chat\n", "utf-8")
    assert new(tree / "keys", tree / "root of chat") == 0
    assert new(tree / "more/keys", tmp_path / "offline root") == 0
    git(tree, "add", "--all")
    assert git(tree, "ls-files").split() == [".gitignore", "deploy/secret/cw-keys.jws"]


def test_a_way_in_through_a_link_is_seen(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree)
    with pytest.raises(KeyFolderError, match="git would take"):
        refuse_commits([tmp_path / "link/rootkey"])


@pytest.mark.parametrize(("name", "taken"), [
    ("rootkey", True), ("root.pem.old", True), ("keys", True), ("keys.old/rootkey", True),
    ("root.pem", False), ("deploy/master.key", False), ("keys/rootkey", False), ("deploy/keys/rootkey", False),
])
@pytest.mark.parametrize("has_git", [True, False])
def test_where_git_says_nothing_the_names_decide(
    name: str, taken: bool, has_git: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").write_text("gitdir: ../nowhere\n", "utf-8")
    if not has_git:
        monkeypatch.setenv("PATH", "")
    if taken:
        with pytest.raises(KeyFolderError, match="git would take"):
            refuse_commits([tmp_path / name])
    else:
        refuse_commits([tmp_path / name])

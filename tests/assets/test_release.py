"""A release raises, builds, records, commits and tags; from then on its bytes are fixed, and nothing moves back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from build.cli import main
from build.integrity import SCRIPT, STYLE, integrity, script_tag
from build.release import ReleaseRefused, dated, raised
from build.versions import Version
from tests.fakes.small_project import PROJECT, write
from tests.fakes.small_repository import commit_all, git, repository

__all__ = ["repository"]


def release(root: Path, version: str) -> int:
    return main(["--root", str(root), "release", version])


def note(root: Path, version: str, style: str) -> None:
    """A change worth a release, with its line in the changelog."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    changed = changelog.replace("# Changelog\n", f"# Changelog\n\n## {version} (unreleased)\n\n- {style}\n", 1)
    write_base(root, style)
    (root / "CHANGELOG.md").write_text(changed, "utf-8")
    commit_all(root, f"Change for {version}")


def write_base(root: Path, style: str) -> None:
    (root / "widget/styles/base.css").write_text(style + "\n", "utf-8")


def shown(root: Path) -> dict[str, str]:
    """Moving folders and what each shows."""
    aliases: dict[str, str] = json.loads((root / "cdn_dist/manifest.json").read_bytes())["aliases"]
    return aliases


def tracked(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in git(root, "ls-files").split()}


def test_a_release_is_recorded_committed_tagged_and_printed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, "1.3.0") == 0
    said = capsys.readouterr().out
    recorded = json.loads((repository / "releases.json").read_text("utf-8"))
    script = (repository / "cdn_dist/v1.3.0" / SCRIPT).read_bytes()
    assert recorded["1.3.0"][SCRIPT] == integrity(script)
    assert script_tag(Version.parse("1.3.0"), integrity(script)) in said
    assert 'version = "1.3.0"' in (repository / "pyproject.toml").read_text("utf-8")
    today = datetime.now(UTC).date().isoformat()
    assert f"## 1.3.0 ({today})\n\n- It greets.\n" in (repository / "CHANGELOG.md").read_text("utf-8")
    assert git(repository, "status", "--porcelain") == ""
    assert git(repository, "log", "-1", "--format=%s").strip() == "Release 1.3.0"
    assert git(repository, "diff", "--name-only", "HEAD~1").split() == [
        "CHANGELOG.md", "pyproject.toml", "releases.json",
    ]  # fmt: skip
    assert git(repository, "rev-parse", "v1.3.0^{commit}") == git(repository, "rev-parse", "HEAD")


@pytest.mark.no_cover
def test_a_released_version_is_built_again_but_never_changed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(repository, "1.2.3") == 0
    served = (repository / "cdn_dist/v1.2.3" / STYLE).read_bytes()
    assert main(["--root", str(repository), "cdn"]) == 0
    write_base(repository, "p { margin: 0; }")
    assert main(["--root", str(repository), "cdn"]) == 1
    assert "chat-widget.css, chat-widget.min.css; raise the version" in capsys.readouterr().err
    assert (repository / "cdn_dist/v1.2.3" / STYLE).read_bytes() == served
    write(repository, {"pyproject.toml": PROJECT["pyproject.toml"].replace("1.2.3", "1.2.4")})
    write_base(repository, "p { margin: 0; }")
    assert main(["--root", str(repository), "cdn"]) == 0
    assert (repository / "cdn_dist/v1.2.3" / STYLE).read_bytes() == served


def test_a_fix_of_an_old_line_moves_only_that_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, "1.2.3") == 0
    note(repository, "2.0.0", "p { margin: 2px; }")
    assert release(repository, "2.0.0") == 0
    git(repository, "checkout", "--quiet", "-b", "one", "v1.2.3")
    note(repository, "1.2.4", "p { margin: 1px; }")
    assert release(repository, "1.2.4") == 1
    assert "release.behind: releases.json here does not list v2.0.0" in capsys.readouterr().err
    git(repository, "checkout", "main", "--", "releases.json")
    commit_all(repository, "Know the newer releases")
    assert release(repository, "1.2.4") == 0
    assert shown(repository) == {"latest": "2.0.0", "v1": "1.2.4", "v1.2": "1.2.4", "v2": "2.0.0", "v2.0": "2.0.0"}
    latest = (repository / "cdn_dist/latest" / STYLE).read_bytes()
    assert latest == (repository / "cdn_dist/v2.0.0" / STYLE).read_bytes()
    assert list(json.loads((repository / "releases.json").read_text("utf-8"))) == ["1.2.3", "1.2.4", "2.0.0"]


def test_a_preview_gets_its_own_folder_and_moves_nothing(repository: Path) -> None:
    assert release(repository, "1.2.3") == 0
    before = shown(repository)
    note(repository, "1.3.0-rc.1", "p { margin: 3px; }")
    assert release(repository, "1.3.0-rc.1") == 0
    assert shown(repository) == before
    assert (repository / "cdn_dist/v1.3.0-rc.1" / SCRIPT).is_file()


def test_a_version_is_released_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, "1.2.3") == 0
    assert release(repository, "1.2.3") == 1
    assert "release.exists: 1.2.3 is released" in capsys.readouterr().err


def test_a_tag_alone_is_a_release_too(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "tag", "v1.2.3")
    assert release(repository, "1.2.3") == 1
    assert "release.exists" in capsys.readouterr().err


def test_a_lower_version_of_the_same_line_is_refused(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release(repository, "1.2.3") == 0
    note(repository, "1.2.2", "p { margin: 4px; }")
    assert release(repository, "1.2.2") == 1
    assert "release.order: 1.2.3 is released" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["widget/core/greet.py", "stray.txt"])
def test_a_dirty_tree_is_refused(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with (repository / name).open("a") as file:
        file.write("# changed\n")
    assert release(repository, "1.2.3") == 1
    assert capsys.readouterr().err == f"release.dirty: commit or remove these first: {name}\n"
    assert git(repository, "tag") == ""


def test_a_dry_run_changes_nothing(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tracked(repository)
    assert main(["--root", str(repository), "release", "1.2.3", "--dry-run"]) == 0
    assert capsys.readouterr().out == "1.2.3 may be released\n"
    assert tracked(repository) == before
    assert not (repository / "cdn_dist").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("pyproject.toml", "js_gzip_bytes = 20000", "js_gzip_bytes = 10", "10 are allowed"),
        ("widget/styles/base.css", "p {", "@import 'x'; p {", "@import"),
        ("widget/core/greet.py", "def greet", "def = greet", "CW001"),
    ],
)
def test_a_build_that_fails_leaves_every_file_as_it_was(
    repository: Path, file: str, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / file).read_text("utf-8")
    (repository / file).write_text(text.replace(old, new), "utf-8")
    commit_all(repository)
    before = tracked(repository)
    assert release(repository, "1.3.0") == 1
    assert said in capsys.readouterr().err
    assert tracked(repository) == before
    assert git(repository, "status", "--porcelain") == git(repository, "tag") == ""
    assert not (repository / "cdn_dist").exists()


def test_a_commit_that_is_refused_leaves_every_file_as_it_was(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = repository / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    before = tracked(repository)
    assert release(repository, "1.3.0") == 1
    assert "git commit: not today" in capsys.readouterr().err
    assert tracked(repository) == before
    assert git(repository, "status", "--porcelain") == git(repository, "tag") == ""


@pytest.mark.parametrize(
    "changelog",
    [
        "# Changelog\n",
        "# Changelog\n\n## 1.0.0 (2026-11-01)\n\n- Before.\n",
        "# Changelog\n\n## 1.1.0 (unreleased)\n\n## 1.0.0 (2026-11-01)\n\n- Before.\n",
    ],
)
def test_a_changelog_that_does_not_tell_of_it_is_refused(changelog: str) -> None:
    with pytest.raises(ReleaseRefused, match=r"^release\.changelog: "):
        dated(changelog, Version.parse("1.1.0"), "2026-11-23")


def test_only_the_first_heading_of_a_changelog_is_dated() -> None:
    before = "# Changelog\n\n## 2.0.0 (unreleased)\n\n- Now.\n\n## 1.0.0 (2026-11-01)\n\n- Before.\n"
    after = before.replace("## 2.0.0 (unreleased)", "## 1.1.0 (2026-11-23)")
    assert dated(before, Version.parse("1.1.0"), "2026-11-23") == after


@pytest.mark.parametrize("project", ["[project]\n", 'version = "1.0.0"\nversion = "1.0.1"\n'])
def test_a_project_without_one_version_line_is_refused(project: str) -> None:
    with pytest.raises(ReleaseRefused, match=r"^release\.project: "):
        raised(project, Version.parse("1.1.0"))

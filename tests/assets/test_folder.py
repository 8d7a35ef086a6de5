"""What may not be deployed: a folder that is not exactly the releases and what follows from them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from build.folder import FolderRefused, checked_folder
from build.integrity import SCRIPT, STYLE, hashes
from build.publish import HEADERS, MANIFEST, arrange, lay_version
from build.versions import Version

FILES = {SCRIPT: b"v = 1\n" * 9, STYLE: b"p{}\n"}
RELEASES = {"1.0.0": hashes(FILES), "1.1.0": hashes(FILES)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("whole") / "cdn_dist"
    target.mkdir()
    for text in RELEASES:
        version = Version.parse(text)
        lay_version(target / version.folder, version, FILES)
    arrange(target)
    return target


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "cdn_dist"))


def write(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(data)


def remove(name: str) -> Callable[[Path], object]:
    return lambda folder: shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()


def unreleased(folder: Path) -> None:
    lay_version(folder / "v1.2.0", Version.parse("1.2.0"), FILES)
    arrange(folder)


def test_a_whole_folder_is_told_by_its_paths(folder: Path) -> None:
    (folder / "README.md").write_text("Ours.\n")
    found = checked_folder(folder, RELEASES)
    assert [str(version) for version in found.versions] == ["1.0.0", "1.1.0"]
    assert {name: str(version) for name, version in found.moving.items()} == {
        "latest": "1.1.0", "v1": "1.1.0", "v1.0": "1.0.0", "v1.1": "1.1.0",
    }  # fmt: skip
    assert found.sizes[f"/v1.0.0/{STYLE}"] == 4
    assert f"/{HEADERS}" not in found.sizes
    assert {path.split("/")[1] for path in found.moving_paths} == {
        "latest", "v1", "v1.0", "v1.1", MANIFEST, "README.md",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("harm", "code", "named"),
    [
        (remove(MANIFEST), "deploy.not_built", "make build-cdn"),
        (remove("v1.0.0"), "deploy.missing", "1.0.0"),
        (unreleased, "deploy.unreleased", "v1.2.0"),
        (write(f"v1.0.0/{SCRIPT}", b"v = 2\n"), "deploy.changed", f"v1.0.0/{SCRIPT}"),
        (write("v1.0.0/new.js", b""), "deploy.changed", "v1.0.0/new.js"),
        (remove(f"v1.1.0/{STYLE}"), "deploy.changed", f"v1.1.0/{STYLE}"),
        (write(f"v1.0.0/{SCRIPT}.gz", b"\x1f\x8b"), "deploy.changed", f"v1.0.0/{SCRIPT}.gz"),
        (write(f"v1.0.0/{SCRIPT}.br", b"no brotli"), "deploy.changed", f"v1.0.0/{SCRIPT}.br"),
        (remove(f"v1.0.0/{STYLE}.gz"), "deploy.changed", f"v1.0.0/{STYLE}.gz"),
        (write("v1.0.0/old.js.br", b""), "deploy.changed", "v1.0.0/old.js.br"),
        (write(f"v1.0.0/{MANIFEST}", b"{}"), "deploy.changed", f"v1.0.0/{MANIFEST}"),
        (write(f"latest/{SCRIPT}", b"v = 2\n"), "deploy.alias", "latest/ does not show 1.1.0"),
        (remove("v1"), "deploy.alias", "v1/ does not show 1.1.0"),
        (write("stray.js", b""), "deploy.stray", "stray.js"),
        (lambda folder: shutil.copytree(folder / "v1", folder / "v9"), "deploy.stray", "v9"),
        (write(HEADERS, b"/*\n"), "deploy.top", HEADERS),
        (write(MANIFEST, b"{}"), "deploy.top", MANIFEST),
    ],
)
def test_a_folder_that_is_not_right_is_refused(
    folder: Path, harm: Callable[[Path], object], code: str, named: str
) -> None:
    harm(folder)
    with pytest.raises(FolderRefused) as refused:
        checked_folder(folder, RELEASES)
    assert refused.value.code == code
    assert named in str(refused.value)


def test_a_folder_without_a_release_is_refused(tmp_path: Path) -> None:
    arrange(tmp_path)
    with pytest.raises(FolderRefused, match=r"^deploy\.not_built: nothing is released"):
        checked_folder(tmp_path, {})


def test_a_file_that_pages_would_not_take_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.folder.LARGEST_BYTES", 50)
    with pytest.raises(FolderRefused, match=rf"^deploy\.limits: .*/v1\.0\.0/{SCRIPT}"):
        checked_folder(folder, RELEASES)


def test_more_files_than_pages_takes_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("build.folder.MOST_FILES", 10)
    with pytest.raises(FolderRefused, match=r"^deploy\.limits: "):
        checked_folder(folder, RELEASES)

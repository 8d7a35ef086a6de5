"""The CDN folder: exact versions that stay, folders that move, manifests that are true."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from build.budget import Budgets, OverBudget
from build.headers import headers_file
from build.integrity import SCRIPT, STYLE, hashes, integrity
from build.publish import publish
from build.versions import Version, VersionError

BUDGETS = Budgets({SCRIPT: 1000, STYLE: 1000})


def files(script: bytes = b"var a = 1;\n") -> dict[str, bytes]:
    return {SCRIPT: script, STYLE: b"p{}\n"}


def lay(
    target: Path,
    version: str,
    script: bytes = b"var a = 1;\n",
    releases: dict[str, dict[str, str]] | None = None,
    budgets: Budgets = BUDGETS,
) -> list[str]:
    return publish(Version.parse(version), files(script), target, budgets, releases or {})


def tree(target: Path) -> dict[str, bytes]:
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_a_version_is_served_from_four_folders(tmp_path: Path) -> None:
    assert lay(tmp_path, "1.2.3") == ["latest", "v1", "v1.2", "v1.2.3"]
    found = tree(tmp_path)
    names = [SCRIPT, STYLE, "manifest.json"]
    for folder in ("v1.2.3", "v1.2", "v1", "latest"):
        for name in names:
            assert found[f"{folder}/{name}"] == found[f"v1.2.3/{name}"]
            assert gzip.decompress(found[f"{folder}/{name}.gz"]) == found[f"{folder}/{name}"]
            assert found[f"{folder}/{name}.br"] == found[f"v1.2.3/{name}.br"]
    assert {name.partition("/")[0] for name in found} == {
        "v1.2.3", "v1.2", "v1", "latest", "manifest.json", "_headers",
    }  # fmt: skip


def test_an_older_exact_version_stays_when_a_newer_one_comes(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0", b"old")
    lay(tmp_path, "1.1.0", b"new")
    found = tree(tmp_path)
    assert found[f"v1.0.0/{SCRIPT}"] == found[f"v1.0/{SCRIPT}"] == b"old"
    assert found[f"v1.1.0/{SCRIPT}"] == found[f"v1/{SCRIPT}"] == found[f"latest/{SCRIPT}"] == b"new"


def test_a_fix_of_an_older_line_does_not_move_latest_back(tmp_path: Path) -> None:
    lay(tmp_path, "2.0.0", b"two")
    lay(tmp_path, "1.0.1", b"fix")
    found = tree(tmp_path)
    assert found[f"latest/{SCRIPT}"] == b"two"
    assert found[f"v1/{SCRIPT}"] == b"fix"


def test_a_preview_is_served_from_its_own_folder_only(tmp_path: Path) -> None:
    assert lay(tmp_path, "2.0.0-rc.1") == ["v2.0.0-rc.1"]


def test_building_again_leaves_no_old_file(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0")
    (tmp_path / "v1.0.0" / "stale.js").write_bytes(b"x")
    (tmp_path / "latest" / "stale.js").write_bytes(b"x")
    lay(tmp_path, "1.0.0", b"again")
    assert [name for name in tree(tmp_path) if "stale" in name or name.startswith(".")] == []
    assert tree(tmp_path)[f"latest/{SCRIPT}"] == b"again"


def test_manifests_tell_the_truth_about_the_bytes(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0", b"one")
    lay(tmp_path, "1.0.1", b"two")
    top = json.loads((tmp_path / "manifest.json").read_bytes())
    assert top["latest"] == "1.0.1"
    assert list(top["versions"]) == ["1.0.1", "1.0.0"]
    for version, entry in top["versions"].items():
        folder = tmp_path / f"v{version}"
        assert entry["path"] == f"/v{version}/"
        assert entry["files"] == json.loads((folder / "manifest.json").read_bytes())["files"]
        for name, fact in entry["files"].items():
            data = (folder / name).read_bytes()
            assert fact == {
                "bytes": len(data),
                "gzipBytes": (folder / f"{name}.gz").stat().st_size,
                "integrity": integrity(data),
            }
        assert f"/v{version}/{SCRIPT}" in entry["script"]
        assert entry["files"][SCRIPT]["integrity"] in entry["script"]


def test_the_headers_file_lies_beside_the_manifest(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0")
    assert (tmp_path / "_headers").read_text("utf-8") == headers_file()


def test_a_changed_release_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    releases = {"1.0.0": hashes(files())}
    with pytest.raises(VersionError, match="raise the version"):
        lay(tmp_path / "cdn", "1.0.0", b"other", releases)
    assert not (tmp_path / "cdn").exists()
    assert "v1.0.0" in lay(tmp_path / "cdn", "1.0.0", releases=releases)


def test_a_released_version_is_written_once(tmp_path: Path) -> None:
    releases = {"1.0.0": hashes(files())}
    lay(tmp_path, "1.0.0", releases=releases)
    packed = tmp_path / "v1.0.0" / f"{SCRIPT}.gz"
    packed.write_bytes(b"as another machine's zlib made it")
    lay(tmp_path, "1.0.0", releases=releases)
    assert packed.read_bytes() == b"as another machine's zlib made it"


def test_a_released_version_that_was_harmed_on_disk_is_written_again(tmp_path: Path) -> None:
    releases = {"1.0.0": hashes(files())}
    lay(tmp_path, "1.0.0", releases=releases)
    (tmp_path / "v1.0.0" / SCRIPT).write_bytes(b"harmed")
    lay(tmp_path, "1.0.0", releases=releases)
    assert (tmp_path / "v1.0.0" / SCRIPT).read_bytes() == files()[SCRIPT]


def test_a_moving_folder_goes_with_the_last_version_that_it_showed(tmp_path: Path) -> None:
    lay(tmp_path, "1.0.0")
    lay(tmp_path, "2.0.0")
    shutil.rmtree(tmp_path / "v2.0.0")
    assert lay(tmp_path, "1.0.0") == ["latest", "v1", "v1.0", "v1.0.0"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["latest", "v1", "v1.0", "v1.0.0"]


def test_a_file_over_budget_is_not_written(tmp_path: Path) -> None:
    noise = bytes((index * index * 31 + index // 7) % 251 for index in range(5000))
    with pytest.raises(OverBudget):
        lay(tmp_path / "cdn", "1.0.0", noise, budgets=Budgets({SCRIPT: 100}))
    assert not (tmp_path / "cdn").exists()


def test_two_folders_get_the_same_bytes(tmp_path: Path) -> None:
    lay(tmp_path / "one", "1.0.0")
    lay(tmp_path / "two" / "deeper", "1.0.0")
    assert tree(tmp_path / "one") == tree(tmp_path / "two" / "deeper")

"""The real project built twice from nothing, in two folders, two surroundings and two Nodes: equal bytes, no trace."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from build.headers import headers_file
from build.integrity import SCRIPT, hashes
from build.node import locked_node
from build.publish import HEADERS, MANIFEST, PACKED, plain_hashes
from build.versions import project_version
from tests.fakes.once import once

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("build", "widget", ":(glob)*")
TIMEOUT_S = 240
# The order of sets, the clock, the locale and Node are other ones in the second.
SURROUNDINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C", "PYTHONOPTIMIZE": "1"},
)


def copied(folder: Path) -> Path:
    """What a fresh clone would build from; nothing of what earlier builds left."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *SOURCES]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def two_surroundings() -> tuple[dict[str, str], dict[str, str]]:
    """The second runs on the newest Node that the locks bring."""
    node = locked_node()
    assert node is not None, "the Node of requirements-node.lock is not installed: run `make test`, or `.ci/cloudflare`"
    path = f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"
    return SURROUNDINGS[0], {**SURROUNDINGS[1], "PATH": path}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return once(tmp_path_factory, "clones", lambda: built_twice(tmp_path_factory.mktemp("clones")))


def built_twice(top: Path) -> tuple[Path, Path]:
    one, two = copied(top / "one"), top / "some where" / "else" / "two"
    shutil.copytree(one, two, symlinks=True)
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "build", "cdn"],
            cwd=folder,
            env={**os.environ, **surroundings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for folder, surroundings in zip((one, two), two_surroundings(), strict=True)
    ]
    for run in runs:
        _, said = run.communicate(timeout=TIMEOUT_S)
        assert run.returncode == 0, said.decode()
    return one, two


@pytest.mark.parametrize("made", ["cdn_dist", "npm_dist"])
def test_two_clean_builds_give_equal_bytes(folders: tuple[Path, Path], made: str) -> None:
    one, two = (tree(folder / made) for folder in folders)
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []


def test_everything_that_is_served_was_compared(folders: tuple[Path, Path]) -> None:
    """The manifest, every file that it lists, their compressed forms, the map and the headers: all, and no more."""
    target = folders[0] / "cdn_dist"
    version = project_version(ROOT)
    listed = json.loads((target / MANIFEST).read_bytes())["versions"][str(version)]["files"]
    plain = [*listed, MANIFEST]
    assert f"{SCRIPT}.map" in plain
    expected = {name + packed for name in plain for packed in ("", *PACKED)}
    files = tree(target)
    for folder in (version.folder, f"v{version.major}.{version.minor}", f"v{version.major}", "latest"):
        assert {name.partition("/")[2] for name in files if name.startswith(f"{folder}/")} == expected
    assert {name for name in files if "/" not in name} == {MANIFEST, HEADERS}
    assert files[HEADERS].decode() == headers_file()
    assert {name: fact["integrity"] for name, fact in listed.items()} == plain_hashes(target / version.folder)
    assert plain_hashes(target / version.folder) == hashes(
        {name: files[f"{version.folder}/{name}"] for name in listed}
    )


def test_no_file_names_the_folder_that_it_was_built_in(folders: tuple[Path, Path]) -> None:
    traces = [str(folder).encode() for folder in (*folders, ROOT, Path.home())]
    for made in ("cdn_dist", "npm_dist"):
        for name, data in tree(folders[1] / made).items():
            assert [trace for trace in traces if trace in data] == [], name


def test_the_map_names_sources_of_the_project_with_their_texts(folders: tuple[Path, Path]) -> None:
    folder = folders[1]
    path = folder / "cdn_dist" / project_version(ROOT).folder / f"{SCRIPT}.map"
    found = json.loads(path.read_bytes())
    python = [source for source in found["sources"] if source.endswith(".py")]
    assert len(python) > 50
    for source, text in zip(found["sources"], found["sourcesContent"], strict=True):
        assert not source.startswith(("/", "..")), source
        if source.endswith(".py"):
            assert text == (folder / source).read_text("utf-8")

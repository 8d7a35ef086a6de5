"""The real project, as built here and from nothing in another folder, other surroundings and on another Node: equal
bytes, no trace."""

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
# The order of sets, the clock, the locale and Node are other ones.
SURROUNDINGS = {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C", "PYTHONOPTIMIZE": "1"}


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


def surroundings() -> dict[str, str]:
    """With the newest Node that the locks bring."""
    node = locked_node()
    assert node is not None, "the Node of requirements-node.lock is not installed: run `make test`, or `.ci/cloudflare`"
    return {**SURROUNDINGS, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}"}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "clone", lambda: built_elsewhere(tmp_path_factory.mktemp("clone")))


def built_elsewhere(top: Path) -> Path:
    folder = top / "some where" / "else"
    folder.mkdir(parents=True)
    run = subprocess.run(
        [sys.executable, "-m", "build", "cdn"],
        cwd=copied(folder),
        env={**os.environ, **surroundings()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        timeout=TIMEOUT_S,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    return folder


@pytest.mark.parametrize(("made", "committed"), [("cdn_dist", {"README.md"}), ("npm_dist", set[str]())])
def test_a_clean_build_gives_the_bytes_that_are_here(elsewhere: Path, made: str, committed: set[str]) -> None:
    """Of the tree as it is: `make test` has built it, whoever runs this alone runs `make build-cdn` before."""
    here, there = (tree(folder / made) for folder in (ROOT, elsewhere))
    assert sorted(here.keys() - committed) == sorted(there)
    assert [name for name in there if there[name] != here[name]] == [], "run `make build-cdn`"


def test_everything_that_is_served_was_compared(elsewhere: Path) -> None:
    """The manifest, every file that it lists, their compressed forms, the map and the headers: all, and no more."""
    target = elsewhere / "cdn_dist"
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


def test_no_file_names_the_folder_that_it_was_built_in(elsewhere: Path) -> None:
    traces = [str(folder).encode() for folder in (elsewhere, ROOT, Path.home())]
    for made in ("cdn_dist", "npm_dist"):
        for name, data in tree(elsewhere / made).items():
            assert [trace for trace in traces if trace in data] == [], name


def test_the_map_names_sources_of_the_project_with_their_texts(elsewhere: Path) -> None:
    path = elsewhere / "cdn_dist" / project_version(ROOT).folder / f"{SCRIPT}.map"
    found = json.loads(path.read_bytes())
    python = [source for source in found["sources"] if source.endswith(".py")]
    assert len(python) > 50
    for source, text in zip(found["sources"], found["sourcesContent"], strict=True):
        assert not source.startswith(("/", "..")), source
        if source.endswith(".py"):
            assert text == (elsewhere / source).read_text("utf-8")

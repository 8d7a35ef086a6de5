"""Lays a version into the served folder: exact folders once, then the moving ones, the manifest and the headers."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from build.budget import Budgets
from build.compress import compressed
from build.headers import headers_file
from build.integrity import cdn_manifest, hashes, to_json, version_manifest
from build.versions import Version, aliases, is_exact, is_moving, refuse_changed_release

MANIFEST = "manifest.json"
HEADERS = "_headers"
PACKED = (".gz", ".br")


def publish(
    version: Version,
    files: Mapping[str, bytes],
    target: Path,
    budgets: Budgets,
    releases: Mapping[str, Mapping[str, str]],
) -> list[str]:
    """The names of all folders that are served then. Raises VersionError for a changed release, OverBudget.

    Other exact versions stay; a released one that lies there unharmed is not written again.
    """
    refuse_changed_release(version, hashes(files), releases)
    budgets.check(files)
    target.mkdir(parents=True, exist_ok=True)
    if str(version) not in releases or plain_hashes(target / version.folder) != hashes(files):
        lay_version(target / version.folder, version, files)
    return arrange(target)


def lay_version(folder: Path, version: Version, files: Mapping[str, bytes], manifest: bytes = b"") -> None:
    """The exact folder: the files, their manifest (a new one where none is given), and all of it compressed."""
    plain = {**files, MANIFEST: manifest or to_json(version_manifest(version, files))}
    replace_folder(folder, partial(fill_folder, plain | compressed(plain)))


def arrange(target: Path) -> list[str]:
    """Makes what follows from the exact folders: the moving ones, manifest.json and _headers."""
    manifests = read_manifests(target)
    moving = aliases(manifests)
    for name, version in moving.items():
        replace_folder(target / name, partial(shutil.copytree, target / version.folder))
    for folder in sorted(target.iterdir()):
        if is_moving(folder.name) and folder.name not in moving:
            shutil.rmtree(folder)
    (target / MANIFEST).write_bytes(to_json(cdn_manifest(manifests)))
    (target / HEADERS).write_text(headers_file(), "utf-8", newline="\n")
    return sorted([*moving, *(version.folder for version in manifests)])


def read_manifests(target: Path) -> dict[Version, dict[str, object]]:
    """The manifest of each exact version that lies there."""
    return {
        Version.parse(folder.name[1:]): json.loads((folder / MANIFEST).read_bytes())
        for folder in sorted(target.iterdir())
        if folder.is_dir() and is_exact(folder.name)
    }


def plain_hashes(folder: Path) -> dict[str, str]:
    """Hashes of the files of an exact folder as releases.json has them: neither the manifest nor compressed ones."""
    if not folder.is_dir():
        return {}
    plain = [path for path in folder.iterdir() if path.suffix not in PACKED and path.name != MANIFEST]
    return hashes({path.name: path.read_bytes() for path in plain})


def fill_folder(files: Mapping[str, bytes], target: Path) -> None:
    target.mkdir()
    for name, data in files.items():
        (target / name).write_bytes(data)


def replace_folder(folder: Path, fill: Callable[[Path], object]) -> None:
    """Fills a new folder, then puts it in the old one's place, so that a failure leaves the old one."""
    fresh = folder.with_name(f".{folder.name}.new")
    _remove(fresh)
    fill(fresh)
    _remove(folder)
    fresh.rename(folder)


def _remove(folder: Path) -> None:
    """Whoever may not is told which folder it is: `rmtree` itself names a file in it."""
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except PermissionError as error:
        raise PermissionError(error.errno, error.strerror, str(folder)) from error

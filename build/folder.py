"""What the CDN folder must hold before it may be deployed: every release unharmed, nothing else, all aliases right."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from build.compress import unbrotli
from build.headers import headers_file
from build.integrity import cdn_manifest, integrity, to_json
from build.publish import HEADERS, MANIFEST, PACKED, plain_hashes, read_manifests
from build.versions import Version, aliases, differing, is_exact

# Served or not, it lies there in the repository.
OURS = ("README.md",)
# Cloudflare Pages takes no more.
MOST_FILES = 20_000
LARGEST_BYTES = 25 * 1024 * 1024


class FolderRefused(Exception):
    """`code` is stable; the message says what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


@dataclass(frozen=True)
class Folder:
    """What is served: sizes in bytes by path ("/v1.0.0/chat-widget.min.css"), and where the moving folders point."""

    versions: list[Version]
    moving: dict[str, Version]
    sizes: dict[str, int]

    @property
    def moving_paths(self) -> list[str]:
        """All paths whose bytes a release may change: never one of an exact version."""
        return sorted(path for path in self.sizes if not is_exact(path.split("/")[1]))


def missing_releases(target: Path, releases: Mapping[str, Mapping[str, str]]) -> list[Version]:
    """Released versions that do not lie in the folder, lowest first."""
    versions = sorted(Version.parse(text) for text in releases)
    return [version for version in versions if not (target / version.folder).is_dir()]


def checked_folder(target: Path, releases: Mapping[str, Mapping[str, str]]) -> Folder:
    """Raises FolderRefused."""
    if not (target / MANIFEST).is_file():
        raise FolderRefused("deploy.not_built", "the CDN folder is empty: run `make build-cdn`")
    for version in missing_releases(target, releases):
        raise FolderRefused("deploy.missing", f"{version} is released and not in the folder; pages would break")
    exact = sorted(path.name for path in target.iterdir() if is_exact(path.name))
    for name in exact:
        if name[1:] not in releases:
            raise FolderRefused("deploy.unreleased", f"{name} is not released: `make release`, or remove the folder")
        _check_version(target / name, releases[name[1:]])
    if len(exact) == 0:
        raise FolderRefused("deploy.not_built", "nothing is released: `make release VERSION=1.0.0`")
    manifests = read_manifests(target)
    moving = aliases(manifests)
    _check_rest(target, set(exact), moving)
    _check_top(target, manifests)
    sizes = {f"/{path.relative_to(target).as_posix()}": path.stat().st_size for path in _files(target)}
    del sizes[f"/{HEADERS}"]
    _check_limits(sizes)
    return Folder(sorted(manifests), moving, sizes)


def _check_version(folder: Path, released: Mapping[str, str]) -> None:
    changed = differing(released, plain_hashes(folder)) or _differing_manifest(folder, released) or _harmed(folder)
    if len(changed) > 0:
        named = ", ".join(f"{folder.name}/{name}" for name in changed)
        raise FolderRefused("deploy.changed", f"not as released: {named}; remove the folder and build or restore it")


def _differing_manifest(folder: Path, released: Mapping[str, str]) -> list[str]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        told = {name: fact["integrity"] for name, fact in manifest["files"].items()}
        sizes = {name: fact["bytes"] for name, fact in manifest["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return [MANIFEST]
    right = {name: (folder / name).stat().st_size for name in released}
    same = manifest.get("version") == folder.name[1:] and told == dict(released) and sizes == right
    return [] if same else [MANIFEST]


def _harmed(folder: Path) -> list[str]:
    """Compressed files that do not give the plain one, are missing, or belong to none."""
    plain = sorted(path.name for path in folder.iterdir() if path.suffix not in PACKED)
    expected = {name + suffix for name in plain for suffix in PACKED}
    there = {path.name for path in folder.iterdir() if path.suffix in PACKED}
    if there != expected:
        return sorted(there ^ expected)
    unpacked = {f"{name}.br": unbrotli((folder / f"{name}.br").read_bytes()) for name in plain}
    unpacked |= {f"{name}.gz": _ungzip(folder / f"{name}.gz") for name in plain}
    return sorted(name for name, data in unpacked.items() if data != (folder / name[:-3]).read_bytes())


def _ungzip(path: Path) -> bytes | None:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):
        return None


def _check_rest(target: Path, exact: set[str], moving: Mapping[str, Version]) -> None:
    there = {path.name for path in target.iterdir()}
    stray = there - exact - set(moving) - {MANIFEST, HEADERS, *OURS}
    if len(stray) > 0:
        raise FolderRefused("deploy.stray", f"nothing of ours: {', '.join(sorted(stray))}; remove it")
    for name, version in moving.items():
        if _contents(target / name) != _contents(target / version.folder):
            raise FolderRefused("deploy.alias", f"{name}/ does not show {version}: run `make build-cdn`")


def _check_top(target: Path, manifests: Mapping[Version, Mapping[str, object]]) -> None:
    right = {MANIFEST: to_json(cdn_manifest(manifests)), HEADERS: headers_file().encode("utf-8")}
    for name, data in right.items():
        if not (target / name).is_file() or (target / name).read_bytes() != data:
            raise FolderRefused("deploy.top", f"{name} does not tell of this folder: run `make build-cdn`")


def _check_limits(sizes: Mapping[str, int]) -> None:
    large = sorted(path for path, size in sizes.items() if size > LARGEST_BYTES)
    if len(large) > 0 or len(sizes) > MOST_FILES:
        limits = f"{MOST_FILES:,} files of {LARGEST_BYTES:,} bytes"
        raise FolderRefused("deploy.limits", f"Pages takes {limits}; here are {len(sizes):,}, too large are {large}")


def _contents(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    return {path.relative_to(folder).as_posix(): integrity(path.read_bytes()) for path in _files(folder)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())

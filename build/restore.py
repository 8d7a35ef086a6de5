"""Released versions that are not in the folder, taken back from the CDN itself and believed only by their hashes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import httpx

from build.folder import FolderRefused, missing_releases
from build.integrity import hashes
from build.publish import MANIFEST, lay_version
from build.versions import Version, differing

TIMEOUT_S = 30.0


def restore(target: Path, releases: Mapping[str, Mapping[str, str]], base: str) -> list[Version]:
    """The versions that were fetched. `base` is the CDN's address. Raises FolderRefused.

    A deployment replaces the whole site: what is not in the folder is gone for every page that uses it.
    """
    missing = missing_releases(target, releases)
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
        for version in missing:
            released = releases[str(version)]
            files = {name: _fetched(client, base, version, name) for name in released}
            changed = differing(released, hashes(files))
            if len(changed) > 0:
                raise FolderRefused("restore.changed", f"{base} serves other bytes for {version}: {', '.join(changed)}")
            manifest = _fetched(client, base, version, MANIFEST)
            target.mkdir(parents=True, exist_ok=True)
            lay_version(target / version.folder, version, files, manifest)
    return missing


def _fetched(client: httpx.Client, base: str, version: Version, name: str) -> bytes:
    address = f"{base}/{version.folder}/{name}"
    try:
        answer = client.get(address)
    except httpx.TransportError as error:
        raise FolderRefused("restore.unreachable", f"GET {address}: {type(error).__name__}") from error
    if answer.status_code != 200:
        raise FolderRefused(
            "restore.missing",
            f"GET {address} answered {answer.status_code}: {version} is released and neither here nor there; "
            f"build it from its tag: git worktree add ../{version.folder} {version.folder}",
        )
    return answer.content

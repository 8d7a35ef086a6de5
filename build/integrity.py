"""Hashes of served files: subresource integrity, the tags to paste, and manifests."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from build.compress import gzip_bytes
from build.versions import Version, aliases

CDN_ORIGIN = "https://chat-cdn.idling.app"
SCRIPT = "chat-widget.iife.min.js"
STYLE = "chat-widget.min.css"


@dataclass(frozen=True)
class FileFacts:
    """What a manifest says of one file: its bytes and those of the `.gz` beside it, the same on every machine."""

    size_bytes: int
    gzip_size_bytes: int
    integrity: str

    def as_json(self) -> dict[str, object]:
        return {"bytes": self.size_bytes, "gzipBytes": self.gzip_size_bytes, "integrity": self.integrity}


def integrity(data: bytes) -> str:
    """The value of an `integrity` attribute: "sha384-" and base64 (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode("ascii")


def facts(files: Mapping[str, bytes]) -> dict[str, FileFacts]:
    return {name: FileFacts(len(data), len(gzip_bytes(data)), integrity(data)) for name, data in sorted(files.items())}


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: integrity(data) for name, data in sorted(files.items())}


def script_tag(version: Version, value: str, origin: str = CDN_ORIGIN) -> str:
    """Only the exact version has integrity: the other folders move."""
    url = f"{origin}/{version.folder}/{SCRIPT}"
    return f'<script src="{url}" integrity="{value}" crossorigin="anonymous"></script>'


def style_tag(version: Version, value: str, origin: str = CDN_ORIGIN) -> str:
    url = f"{origin}/{version.folder}/{STYLE}"
    return f'<link rel="stylesheet" href="{url}" integrity="{value}" crossorigin="anonymous">'


def hash_list(version: Version, hashed: Mapping[str, str]) -> str:
    """What a build prints: the hash of every file, then the tags to paste."""
    lines = [f"{value}  {name}" for name, value in hashed.items()]
    return "\n".join([*lines, "", style_tag(version, hashed[STYLE]), script_tag(version, hashed[SCRIPT])])


def version_manifest(version: Version, files: Mapping[str, bytes]) -> dict[str, object]:
    """manifest.json beside the files of one version."""
    return {
        "name": "strixun-chat",
        "version": str(version),
        "files": {name: fact.as_json() for name, fact in facts(files).items()},
    }


def cdn_manifest(manifests: Mapping[Version, Mapping[str, object]]) -> dict[str, object]:
    """The manifest at the top: every version with its ready tags, and where the moving folders point."""
    moving = aliases(manifests)
    versions: dict[str, object] = {}
    for version, manifest in sorted(manifests.items(), reverse=True):
        files = manifest["files"]
        assert isinstance(files, dict)
        versions[str(version)] = {
            "path": f"/{version.folder}/",
            "script": script_tag(version, files[SCRIPT]["integrity"]),
            "style": style_tag(version, files[STYLE]["integrity"]),
            "files": files,
        }
    return {
        "name": "strixun-chat",
        "latest": str(moving["latest"]) if "latest" in moving else None,
        "aliases": {name: str(version) for name, version in moving.items()},
        "versions": versions,
    }


def to_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")

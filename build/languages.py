"""Catalogues of other languages as files of the CDN, and the list of them with their hashes."""

from __future__ import annotations

import json
from pathlib import Path

from build.integrity import integrity

LIST = "chat-widget.languages.json"


def language_files(folder: Path) -> dict[str, bytes]:
    """Each catalogue by its file name, and the list: `{"pt": ["chat-widget.pt-BR.json", "sha384-..."]}`.

    The list is asked by the first part of a language tag, so there is one catalogue for each.
    """
    files = {f"chat-widget.{path.stem}.json": compact(path) for path in sorted(folder.glob("*.json"))}
    found = {name.split(".")[1].split("-")[0]: [name, integrity(data)] for name, data in files.items()}
    return {**files, LIST: _written(found)}


def compact(catalogue: Path) -> bytes:
    return _written(json.loads(catalogue.read_text("utf-8")))


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

"""Data beside the script as files of the CDN: catalogues of other languages, emoji, and the list with their hashes."""

from __future__ import annotations

import json
from pathlib import Path

from build.integrity import integrity

LIST = "chat-widget.languages.json"


def language_files(folder: Path) -> dict[str, bytes]:
    """Each catalogue by its file name, what lies in the folder `emoji` beside theirs (build/emoji.py), and the list:
    `{"pt": ["chat-widget.pt-BR.json", "sha384-..."], "emoji": [...], "emoji.pt": [...]}`.

    The list is asked by the first part of a language tag, so there is one catalogue for each.
    """
    paths = [*sorted(folder.glob("*.json")), *sorted(folder.with_name("emoji").glob("*.json"))]
    files = {f"chat-widget.{path.name}": compact(path) for path in paths}
    found = {key(name): [name, integrity(data)] for name, data in files.items()}
    return {**files, LIST: _written(found)}


def key(name: str) -> str:
    """What the list calls a file."""
    return name.removeprefix("chat-widget.").removesuffix(".json").split("-")[0]


def compact(catalogue: Path) -> bytes:
    return _written(json.loads(catalogue.read_text("utf-8")))


def _written(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

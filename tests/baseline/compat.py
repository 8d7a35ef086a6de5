"""MDN's browser-compat-data, asked about the oldest browsers that we promise."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ROOT / ".work" / "baseline"
BASELINE = {"chrome": "90", "firefox": "88", "safari": "14", "opera": "76"}
EVENT = re.compile(r"on[a-z]+")


@functools.cache
def data() -> dict[str, Any]:
    """`api` and `javascript` of the data set."""
    file = PACKAGES / "node_modules" / "@mdn" / "browser-compat-data" / "data.json"
    assert file.is_file(), "MDN's data is not installed: run `make test`, or .ci/baseline"
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


@functools.cache
def find(feature: str) -> dict[str, Any] | None:
    """The entry of "javascript.builtins.Array.at"."""
    entry: Any = data()
    for name in feature.split("."):
        entry = entry.get(name) if isinstance(entry, dict) else None
    return entry if isinstance(entry, dict) else None


@functools.cache
def missing_in(feature: str) -> list[str]:
    """Those of the oldest browsers that lack it; [] for what the data set does not judge (a mere heading)."""
    entry = find(feature)
    assert entry is not None, f"MDN knows no {feature}"
    if "__compat" not in entry:
        return []
    support = entry["__compat"]["support"]
    return [browser for browser, version in BASELINE.items() if not _has(support.get(browser), version)]


def _has(statements: Any, version: str, in_part: bool = False) -> bool:
    """Unprefixed and without a flag in some statement of one browser, and whole if not `in_part`."""
    listed = statements if isinstance(statements, list) else [statements]
    return any(_covers(statement, version, in_part) for statement in listed if isinstance(statement, dict))


def _covers(statement: dict[str, Any], version: str, in_part: bool) -> bool:
    if any(name in statement for name in ("flags", "prefix", "alternative_name")):
        return False
    if "partial_implementation" in statement and not in_part:
        return False
    added, removed = statement.get("version_added"), statement.get("version_removed")
    return _at_least(version, added) and not (removed and _at_least(version, removed))


def _at_least(version: str, added: object) -> bool:
    if added is True:
        return True
    if not isinstance(added, str) or not added.lstrip("≤")[:1].isdigit():  # false, null, "preview"
        return False
    return _numbers(version) >= _numbers(added.lstrip("≤"))


def _numbers(version: str) -> list[int]:
    parts = [int(part) for part in version.split(".")]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return parts


def of_path(path: str) -> list[str]:
    """Features that "Object.freeze", "navigator.clipboard" or "fetch" can be."""
    owner, _, name = path.rpartition(".")
    places = ("javascript.builtins", "api") if owner == "" else ()
    found = [f"{place}.{name}" for place in places] + ([f"api.Window.{name}"] if owner == "" else [])
    if owner != "":
        found += [f"javascript.builtins.{owner}.{name}", f"api.{owner}.{name}_static"]
    return [feature for feature in found if find(feature) is not None]


def of_member(name: str, interfaces: list[str]) -> list[str]:
    """Features that a member of that name can be: of every built-in of the language, and of these interfaces."""
    spelled = [name, f"{name}_static"] + ([f"{name[2:]}_event"] if EVENT.fullmatch(name) else [])
    builtins = data()["javascript"]["builtins"]
    nested = [f"Intl.{owner}" for owner in builtins["Intl"] if owner != "__compat"]
    owners = [f"javascript.builtins.{owner}" for owner in [*builtins, *nested]]
    owners += [f"api.{owner}" for owner in interfaces]
    features = [f"{owner}.{each}" for owner in owners for each in spelled]
    return [feature for feature in features if find(feature) is not None]


def of_text(text: str, interfaces: list[str]) -> list[str]:
    """Features that a text can spell: a member as `object[text]`, an event, an element, an attribute, an algorithm."""
    features = [f"api.{owner}.{text}_event" for owner in interfaces]
    elements = [name for name in data()["html"]["elements"] if name != "__compat"]
    standing = [f"html.elements.{name}.{text}" for name in elements if missing_in(f"html.elements.{name}") == []]
    features += [f"html.elements.{text}", f"html.global_attributes.{text}", *standing]
    features += [f"api.SubtleCrypto.{call}.{text.lower().replace('-', '_')}" for call in ("importKey", "deriveBits")]
    return of_member(text, interfaces) + [feature for feature in features if find(feature) is not None]


def absent_in(feature: str) -> list[str]:
    """Those that have nothing of it at all: what others have in part is there to be called."""
    support = ((find(feature) or {}).get("__compat") or {}).get("support", {})
    judged = {browser: version for browser, version in BASELINE.items() if browser in support}
    return [browser for browser, version in judged.items() if not _has(support[browser], version, in_part=True)]


def newer_members() -> Iterator[tuple[str, str]]:
    """(owner, name) of everything with a name of its own that one of the oldest browsers lacks; "" owns globals."""
    for place in ("javascript.builtins", "api"):
        for owner, entry in (find(place) or {}).items():
            if owner == "__compat":
                continue
            if len(absent_in(f"{place}.{owner}")) > 0:
                yield ("", owner)
            for name in entry:
                if name != "__compat" and len(absent_in(f"{place}.{owner}.{name}")) > 0:
                    yield (owner, name)

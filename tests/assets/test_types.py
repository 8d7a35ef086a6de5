"""The type declarations say what the Python does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from build.esbuild import run_esbuild

ROOT = Path(__file__).resolve().parents[2]
TYPES = (ROOT / "build/chat-widget.d.ts").read_text("utf-8")
ENTRY = ast.parse((ROOT / "widget/browser/entry.py").read_text("utf-8"))
SHAPES = ast.parse((ROOT / "widget/browser/shapes.py").read_text("utf-8"))


def body_of(name: str) -> str:
    match = re.search(rf"(?:interface|class) {name}\b[^{{]*\{{\n(.*?)\n\}}", TYPES, re.DOTALL)
    assert match is not None
    return match[1]


def members_of(name: str) -> set[str]:
    found = re.findall(r"^  (?:readonly )?'?([\w:]+)'?(?:<.*?>)?\??[:(]", body_of(name), re.M)
    return set(found) - {"constructor"}


def methods_of(tree: ast.Module, name: str) -> dict[str, int]:
    """Public methods with the arguments they take."""
    (found,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name]
    functions = [node for node in found.body if isinstance(node, ast.FunctionDef)]
    return {node.name: len(node.args.args) - 1 for node in functions if not node.name.startswith("_")}


def keys_made_in(function: str) -> set[str]:
    """Keys of the record that a function or method makes, and those put into it later."""
    (found,) = [node for node in ast.walk(SHAPES) if isinstance(node, ast.FunctionDef) and node.name == function]
    calls = [node for node in ast.walk(found) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    keys: set[str] = set()
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        if call.func.attr == "record" and isinstance(call.args[0], ast.Dict):
            keys |= {
                key.value for key in call.args[0].keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
            }
        elif call.func.attr == "put" and isinstance(call.args[1], ast.Constant):
            keys.add(str(call.args[1].value))
    return keys


def test_the_declarations_can_be_read() -> None:
    run_esbuild(["--loader=ts"], stdin=TYPES.replace("export as namespace StrixunChat;", ""))


def test_the_class_has_the_methods_of_the_entry_and_no_others() -> None:
    methods = methods_of(ENTRY, "ChatWidget")
    assert members_of("ChatWidget") == set(methods)
    for name, count in methods.items():
        signature = re.search(rf"^  {name}(?:<.*?>)?\((.*)\): ", body_of("ChatWidget"), re.M)
        assert signature is not None
        flat = re.sub(r"\{[^{}]*\}|\([^()]*\)|\[[^\[\]]*\]", "", signature[1])
        assert len([part for part in flat.split(",") if part.strip() != ""]) == count


@pytest.mark.parametrize(
    ("declared", "function"),
    [
        ("RoomMetadata", "room_object"),
        ("ChatMessage", "message_object"),
        ("Participant", "participant_object"),
        ("EmoteData", "emote_object"),
        ("ChatState", "of"),
    ],
)
def test_an_object_of_the_api_has_the_declared_keys(declared: str, function: str) -> None:
    assert members_of(declared) == keys_made_in(function)

"""The type declarations say what the Python does."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest

from build.esbuild import run_esbuild
from widget.model import CustomEmoji, Flag

ROOT = Path(__file__).resolve().parents[2]
TYPES = (ROOT / "build/chat-widget.d.ts").read_text("utf-8")
ENTRY = ast.parse((ROOT / "widget/browser/entry.py").read_text("utf-8"))
SCREEN = ast.parse((ROOT / "widget/browser/screen.py").read_text("utf-8"))
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
    """Keys of the record that a function or method makes, and those put into it later, there or in `vouched`."""
    (found,) = [node for node in ast.walk(SHAPES) if isinstance(node, ast.FunctionDef) and node.name == function]
    calls = [node for node in ast.walk(found) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    called = {ast.unparse(call.func) for call in ast.walk(found) if isinstance(call, ast.Call)}
    keys = keys_made_in("vouched") if "vouched" in called else set()
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


def constants_of(tree: ast.Module, functions: dict[str, int]) -> set[str]:
    """The texts given to these functions and methods, each at its place among the arguments."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found: set[str] = set()
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = functions.get(name, len(call.args))
        argument = call.args[place] if place < len(call.args) else None
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            found.add(argument.value)
    return found


def test_the_configuration_has_the_keys_that_are_read() -> None:
    settings = ast.parse((ROOT / "widget/browser/settings.py").read_text("utf-8"))
    of_servers = {"urls", "username", "credential"}
    read = constants_of(settings, {"text_of": 1, "flag_of": 1, "get": 1}) - {*of_servers, "nodeType"}
    of_calls = {"approval", "ban", "customName", "everywhere", "hide", "isPublic", "preview"}
    for read_in in (ENTRY, SCREEN):
        read |= constants_of(read_in, {"text_of": 1, "flag_of": 1, "one_of": 1, "_call_back": 0}) - of_calls
    read |= set(re.findall(r"js\.get\(self\._config, '(\w+)'\)", ast.unparse(SCREEN)))
    assert members_of("ChatConfig") == read


def test_the_events_are_those_that_are_emitted() -> None:
    emitted: set[str] = set()
    folders = ("core", "account", "room", "chat", "browser")
    paths = [path for folder in folders for path in (ROOT / "widget" / folder).glob("*.py")]
    for path in paths:
        emitted |= constants_of(ast.parse(path.read_text("utf-8")), {"emit": 0})
    assert members_of("ChatEvents") == emitted - {""}  # the state's own, for `subscribe`


def test_the_flags_are_those_that_are_set() -> None:
    (declared,) = re.findall(r"^export type MessageFlag = (.*);", TYPES, re.M)
    assert set(re.findall(r"'([\w-]+)'", declared)) == set(get_args(Flag))


def test_a_custom_emoji_has_the_fields_of_the_model() -> None:
    fields = [field.name for field in dataclasses.fields(CustomEmoji)]
    assert members_of("CustomEmoji") == {re.sub(r"_(\w)", lambda match: match[1].upper(), name) for name in fields}


def test_the_wrappers_know_every_setting_callback_and_event() -> None:
    host = (ROOT / "build/package/host.mjs").read_text("utf-8")
    parts = {name: re.findall(r"'([\w:]+)'", body) for name, body in re.findall(r"(\w+) = [\[{](.*?)[\]}]", host, re.S)}
    places = {"container", "containerId"}
    assert {*parts["SETTINGS"], *parts["CALLBACKS"], *parts["PROVIDERS"]} == members_of("ChatConfig") - places
    element = (ROOT / "build/package/custom-element.mjs").read_text("utf-8")
    (events,) = re.findall(r"EVENTS = \[(.*?)\]", element, re.S)
    assert set(re.findall(r"'([\w:]+)'", events)) == members_of("ChatEvents") - {"error"}
    # What React and Svelte call is already a callback of the configuration where it has one.
    assert set(parts["EVENTS"]) == members_of("ChatEvents") - {"error", "auth:required"}
    props = set(re.findall(r"^  (on\w+)\?", (ROOT / "build/package/props.d.ts").read_text("utf-8"), re.M))
    assert props == {*re.findall(r"^  (on\w+): '", host, re.M), "onState"}

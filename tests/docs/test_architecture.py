"""The page about the architecture says what the code says: signatures, routes, codes, events, words."""

from __future__ import annotations

import ast
import importlib
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route, WebSocketRoute

import auth.app
import signaling.app
from auth.key_folder import new_folder
from auth.keys import load_keys
from auth.mail.mailers import Mailbox
from auth.problems import Kind
from auth.settings import Settings as AuthSettings
from auth.store.opening import open_store
from signaling.keys import KnownKeys
from signaling.settings import Settings as SignalingSettings
from tests.docs.signatures import Block, blocks, faults, named
from tests.fakes.moment import START_S

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ARCHITECTURE.md").read_text("utf-8")
BLOCKS = blocks(PAGE)
LIMIT = re.compile(r"^MAX_|^MIN_|BYTES|BUCKETS|CHARS")
DEFINITIONS = ("auth.problems", "signaling.refusals", "signaling.emotes.refusals")
ROW = re.compile(r"^\| `([A-Z]+ /\S*)` \|(.*)\|(.*)\|$", re.M)


def part(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def calls(heading: str) -> dict[str, tuple[str, str]]:
    """What the table of a part says of request and reply, by "METHOD /path"."""
    return {call: (request, reply) for call, request, reply in ROW.findall(part(heading))}


@pytest.mark.parametrize("block", BLOCKS, ids=[block.path for block in BLOCKS])
def test_a_block_is_what_the_code_is(block: Block) -> None:
    assert faults(block, ROOT) == []


def test_the_seams_have_blocks() -> None:
    shown = {block.path for block in BLOCKS}
    assert {"widget/ports.py", "widget/chat/chat.py", "widget/crypto/group.py", "widget/wire/socket.py"} <= shown
    assert {"auth/app.py", "auth/store/shared.py", "signaling/app.py"} <= shown


def test_no_port_is_left_out() -> None:
    (block,) = [block for block in BLOCKS if block.path == "widget/ports.py"]
    assert set(named(block.body)) == set(named(ast.parse((ROOT / block.path).read_text("utf-8")).body))


@pytest.mark.parametrize(("path", "whole"), [
    ("widget/wire/socket.py", "classes"),
    ("widget/transport/happened.py", "classes"),
    ("widget/wire/packet.py", "numbers"),
    ("widget/wire/pair.py", "numbers"),
    ("widget/wire/notes.py", "numbers"),
    ("widget/wire/frame.py", "numbers"),
])
def test_no_message_and_no_tag_is_left_out(path: str, whole: str) -> None:
    (block,) = [block for block in BLOCKS if block.path == path]
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    pick = messages if whole == "classes" else tags
    assert set(named(block.body)) >= pick(body)
    assert len(pick(body)) > 1


def test_no_kind_of_event_is_left_out() -> None:
    shown = {name for block in BLOCKS if "/room/kinds/" in block.path for name in named(block.body)}
    kinds = [ast.parse(path.read_text("utf-8")).body for path in (ROOT / "widget/room/kinds").glob("*.py")]
    assert {name for body in kinds for name in tags(body)} <= shown


def messages(body: list[ast.stmt]) -> set[str]:
    return {statement.name for statement in body if isinstance(statement, ast.ClassDef)}


def tags(body: list[ast.stmt]) -> set[str]:
    """Numbers of a kind: limits and sizes are numbers too, but have their unit in the name."""
    given = [(name, statement.value) for name, statement in named(body).items() if isinstance(statement, ast.Assign)]
    numbers = [name for name, value in given if isinstance(value, ast.Constant) and isinstance(value.value, int)]
    return {name for name in numbers if not LIMIT.search(name)}


# Routes

AUTH, SIGNALING = "Seam: the sign-in service", "Seam: the signaling service"


def served(routes: list[BaseRoute]) -> set[str]:
    found: set[str] = set()
    for route in routes:
        if isinstance(route, WebSocketRoute):
            found.add(f"WS {route.path}")
        elif isinstance(route, Route):
            found |= {f"{method} {route.path}" for method in (route.methods or set()) - {"HEAD"}}
    return found


async def test_the_routes_are_those_of_the_services(tmp_path: Path) -> None:
    new_folder(tmp_path / "keys", "https://auth.test", START_S)
    store = open_store(None, lambda: START_S)
    keys = load_keys(tmp_path / "keys", START_S)
    settings = AuthSettings(key_folder=tmp_path / "keys")
    sign_in: Starlette = auth.app.create_app(settings, store, Mailbox(), lambda: START_S)
    rooms: Starlette = signaling.app.create_app(SignalingSettings(), store, KnownKeys(lambda: keys.key_set))
    assert set(calls(AUTH)) == served(sign_in.routes)
    assert set(calls(SIGNALING)) == served(rooms.routes)
    await store.close()


def test_the_sealed_fields_are_those_of_the_description() -> None:
    description = json.loads((ROOT / "auth/openapi.json").read_text("utf-8"))
    sealed = 0
    for call, said in calls(AUTH).items():
        method, path = call.split()
        operation = description["paths"][path][method.lower()]
        for words, place in zip(said, (operation.get("requestBody", {}), operation["responses"]["200"]), strict=True):
            if "x-sealed" in place:
                schema = description["components"]["schemas"][place["x-sealed"]["$ref"].rpartition("/")[2]]
                assert set(re.findall(r"`(\w+)`", words)) == set(schema["properties"]), call
                sealed += 1
    assert sealed == 16


# Codes

CODES = re.compile(r"^```\n([a-z][\w. \n]*)\n```$", re.M)


def imported(service: str) -> set[str]:
    """Modules of a service, and those of auth that signaling answers with."""
    paths = [path for path in sorted((ROOT / service).rglob("*.py")) if not path.stem.startswith("__")]
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths}
    trees = [ast.parse(path.read_text("utf-8")) for path in paths]
    froms = {node.module or "" for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return (modules | {name for name in froms if name.startswith("auth.")}) - set(DEFINITIONS)


def kinds_in(module: ModuleType) -> set[str]:
    """Codes of the refusals that a module names outside its imports."""
    tree = ast.parse(Path(str(module.__file__)).read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return {value.code for name in names if isinstance(value := getattr(module, name, None), Kind)}


def codes_of(service: str) -> set[str]:
    return {code for name in imported(service) for code in kinds_in(importlib.import_module(name))}


@pytest.mark.parametrize(("service", "heading"), [("auth", AUTH), ("signaling", SIGNALING)])
def test_the_codes_are_those_that_the_service_refuses_with(service: str, heading: str) -> None:
    (said,) = CODES.findall(part(heading))
    assert sorted(said.split()) == sorted(codes_of(service))


# Events, objects, words


def emitted() -> set[str]:
    """Names of the events that the chat tells the page of."""
    found: set[str] = set()
    folders = ("core", "account", "room", "chat", "browser")
    for path in [path for folder in folders for path in (ROOT / "widget" / folder).glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "emit":
                name = node.args[0]
                assert isinstance(name, ast.Constant) or path.name in ("events.py", "calls.py"), path.name
                found |= {str(name.value)} if isinstance(name, ast.Constant) else set()
    return found - {""}  # the state's own subscribers


def test_the_events_are_those_that_the_core_emits() -> None:
    table = part("Seam: the chat for screens and pages").split("| event |")[1].split("\n\n")[0]
    assert set(re.findall(r"^\| `([a-z:]+)` \|", table, re.M)) == emitted()


def test_the_objects_that_the_page_explains_exist() -> None:
    """Names of classes in the prose, such as `RoomSession`."""
    sources = "\n".join(path.read_text("utf-8") for path in (ROOT / "widget").rglob("*.py"))
    prose = re.sub(r"^```.*?^```$", "", PAGE, flags=re.M | re.S)
    names = set(re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)(?:\.\w+)?`", prose)) - {"Authorization", "Origin", "Status"}
    assert len(names) > 20
    assert [name for name in sorted(names) if re.search(rf"^class {name}\b", sources, re.M) is None] == ["StoreDown"]


def test_the_words_that_the_page_explains_are_those_of_the_code() -> None:
    words = re.findall(r"\*\*(\w+)\*\*", part("Words"))
    assert len(words) == len(set(words)) > 30
    folders = ("widget", "auth", "signaling")
    text = "\n".join(path.read_text("utf-8").lower() for name in folders for path in (ROOT / name).rglob("*.py"))
    assert [word for word in words if re.search(rf"(?<![a-z]){word}s?(?![a-z])", text) is None] == []


# What a wrong page would be told

WRONG = [
    ("def on(self, event: str, listener", "def on(self, name: str, listener", "on is def on(self, event: str"),
    ("async def verify_code", "def verify_code", "verify_code is async def"),
    ("def is_authenticated(self) -> bool", "def is_authenticated(self) -> str", "-> bool"),
    ("    def room_code(self) -> str: ...\n", "", "PeopleCalls: room_code is missing"),
    ("    def room_code(self) -> str: ...\n", "    def room_digits(self) -> str: ...\n", "there is no room_digits"),
    ("is_public: bool = True", "is_public: bool = False", "create_room is"),
    ("class ChatCore(PeopleCalls):", "class ChatCore(Core):", "ChatCore is class ChatCore(PeopleCalls)"),
    ("class ChatCore(PeopleCalls):", "class Chat(PeopleCalls):", "there is no Chat"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_block_is_found(old: str, new: str, said: str) -> None:
    start = PAGE.index("class ChatCore(")
    assert old in PAGE[start:]
    wrong = PAGE[:start] + PAGE[start:].replace(old, new, 1)
    found = [fault for block in blocks(wrong) if block.path.startswith("widget/chat/") for fault in faults(block, ROOT)]
    assert any(said in fault for fault in found)


def test_a_field_that_is_wrong_or_missing_is_found() -> None:
    text = "```python\n# widget/model.py\n@dataclass(frozen=True)\nclass CodeSent:\n    email: bytes\n```"
    found = faults(blocks(text)[0], ROOT)
    assert "widget/model.py: CodeSent: email is email: str" in found
    assert "widget/model.py: CodeSent: expires_in_s is missing" in found


def test_a_property_is_no_method_and_an_attribute_counts() -> None:
    text = "```python\n# widget/crypto/handshake.py\nclass Handshake:\n    def done(self) -> bytes: ...\n    ...\n```"
    assert faults(blocks(text)[0], ROOT) == ["widget/crypto/handshake.py: Handshake: done is def done(self) -> bool"]
    whole = faults(blocks(text.replace("    ...\n", ""))[0], ROOT)
    assert "widget/crypto/handshake.py: Handshake: channel is missing" in whole
    text = "```python\n# widget/crypto/group.py\nclass Group:\n    def kid(self) -> str: ...\n    ...\n```"
    assert faults(blocks(text)[0], ROOT) == ["widget/crypto/group.py: Group: kid is @property def kid(self) -> str"]


def test_a_block_without_its_module_is_refused() -> None:
    with pytest.raises(ValueError, match="path of its module"):
        blocks("```python\nclass Handshake: ...\n```")


CLASS = """class A(B, metaclass=C):
    x: int
    y: int
    def __init__(self) -> None:
        self.x = self.y = 1
"""


@pytest.mark.parametrize(("old", "new", "said"), [
    ("", "", []),
    ("    y: int\n", "", ["it.py: A: y is missing"]),
    ("y: int", "def y(self) -> int: ...", ["it.py: A: y is an attribute"]),
    (", metaclass=C", "", ["it.py: A is class A(B, metaclass=C)"]),
])
def test_an_attribute_without_a_type_and_a_keyword_of_a_class_count(
    old: str, new: str, said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "it.py").write_text(CLASS.replace("    x: int\n    y: int\n", ""), "utf-8")
    (block,) = blocks(f"```python\n# it.py\n{CLASS.replace(old, new, 1)}```")
    assert faults(block, tmp_path) == said

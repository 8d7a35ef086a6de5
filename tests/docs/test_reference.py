"""The reference says what the declarations say, and names every code that an error can have."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import auth.problems
import signaling.refusals
from auth.problems import Kind
from widget.transport.refusals import SENTENCES
from widget.transport.signaling_socket import CLOSE_CODES

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/API_REFERENCE.md").read_text("utf-8")
TYPES = (ROOT / "build/chat-widget.d.ts").read_text("utf-8")
OBJECTS = (
    "ChatConfig", "CreateRoomOptions", "RemoveMemberOptions", "SetEmotesOptions", "SendOptions", "ParsedEmotes",
    "ChatEvents", "LogoutOptions", "Device", "RoomLook",
    "ChatState", "RoomMetadata", "ChatMessage", "Participant", "EmoteData", "CustomEmoji",
)  # fmt: skip
ERRORS = ("ChatError", "ConfigError", "OrderError", "StoppedError", "UnreachableError", "RefusedError", "_once")
WHO = {"page", "reader", "service"}


def members(name: str) -> list[tuple[str, str]]:
    """(declaration, comment) of each member of an interface or a class."""
    match = re.search(rf"(?:interface|class) {name}\b[^{{]*\{{\n(.*?)\n\}}", TYPES, re.DOTALL)
    assert match is not None
    found: list[tuple[str, str]] = []
    comment = ""
    for line in match[1].splitlines():
        if line.strip().startswith("/**"):
            comment = line.strip().removeprefix("/** ").removesuffix(" */")
        else:
            found.append((line.strip().removesuffix(";"), comment))
            comment = ""
    return found


def row(*cells: str) -> str:
    return "|" + "|".join(f" {cell} " if cell != "" else " " for cell in cells) + "|"


def rows_of(name: str) -> list[str]:
    rows = []
    for declaration, comment in members(name):
        match = re.fullmatch(r"(?:readonly )?'?([\w:]+)'?(\??): (.*)", declaration)
        assert match is not None
        optional = " (optional)" if match[2] == "?" else ""
        rows.append(row(f"`{match[1]}`{optional}", "`" + match[3].replace("|", "\\|") + "`", comment))
    return rows


def codes_of_the_chat() -> set[str]:
    """Every code that an error is made with, and those that come from the services."""
    found = {*SENTENCES, *CLOSE_CODES.values()}
    for path in sorted((ROOT / "widget").rglob("*.py")):
        if "native" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or len(node.args) == 0:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            code = node.args[0]
            if name in ERRORS and isinstance(code, ast.Constant) and isinstance(code.value, str):
                found.add(code.value)
    for module in (auth.problems, signaling.refusals):
        found |= {value.code for value in vars(module).values() if isinstance(value, Kind)}
    return found


def documented_codes() -> list[list[str]]:
    """Cells of the rows of the error tables."""
    part = PAGE.split("\n## Errors\n")[1].split("\n## ")[0]
    lines = [line.strip("|").split(" | ") for line in part.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in cells] for cells in lines]


@pytest.mark.parametrize("name", OBJECTS)
def test_a_table_is_what_is_declared(name: str) -> None:
    assert "\n".join(rows_of(name)) in PAGE


def test_the_methods_are_those_that_are_declared() -> None:
    rows = [row(f"`{declaration}`".replace("|", "\\|"), comment) for declaration, comment in members("ChatWidget")]
    assert "\n".join(rows) in PAGE


def test_every_declared_name_is_in_the_reference() -> None:
    names = set(re.findall(r"^export (?:declare )?(?:const|class|interface|type) (\w+)", TYPES, re.M))
    plain = {"Unsubscribe", "Status", "MessageFlag", "Messages", "Door"}
    assert names - plain == {*OBJECTS, "ChatWidget", "ChatError", "version"}
    assert [name for name in names if name not in PAGE] == []


@pytest.mark.parametrize("name", ["Status", "MessageFlag", "Door"])
def test_every_word_of_a_choice_is_explained(name: str) -> None:
    (words,) = re.findall(rf"^export type {name} = (.*);", TYPES, re.M)
    assert [word for word in re.findall(r"'([\w-]+)'", words) if f"\n| `{word}` |" not in PAGE] == []


def test_every_code_is_explained_and_none_is_made_up() -> None:
    written = [cells[0].strip("`") for cells in documented_codes()]
    assert len(written) == len(set(written))
    assert set(written) == codes_of_the_chat() | {"cw.1"}


def test_every_code_says_what_happened_to_whom_and_what_to_do() -> None:
    for code, what, who, advice in documented_codes():
        assert who in WHO, code
        assert what.endswith("."), code
        assert advice.endswith("."), code


def test_the_components_take_what_the_reference_says() -> None:
    part = PAGE.split("\n## The components\n")[1]
    props = set(re.findall(r"^  (on\w+)\?", (ROOT / "build/package/props.d.ts").read_text("utf-8"), re.M))
    props |= {match[1] for declaration, _ in members("ChatConfig") if (match := re.match(r"(on\w+)\?", declaration))}
    assert set(re.findall(r"^\| `(on\w+)` \|", part, re.M)) == props

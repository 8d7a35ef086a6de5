"""Every sentence that a visitor may read, found where it is said: `python -m tests.widget.ui.sentences` prints them."""

from __future__ import annotations

import ast
import functools
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from widget.ui.chat_message import FLAG_TEXTS, MARKS
from widget.ui.connection_badge import WORDS
from widget.ui.stage import ODD, SITE, WAIT

WIDGET = Path(__file__).parents[3] / "widget"
SCREEN = ("ui", "browser")
CORE = ("account", "browser", "chat", "core", "crypto", "room", "transport")
# How many of their first arguments are sentences; of say_count the one for one thing is English alone.
FUNCTIONS = {"say": slice(0, 1), "say_count": slice(1, 2)}
# Said by name: say(WORDS[kind]).
TABLES: dict[str, list[str]] = {
    "WORDS[]": list(WORDS.values()),
    "FLAG_TEXTS[]": list(FLAG_TEXTS.values()),
    "MARKS[]": list(MARKS.values()),
    "WAIT": [WAIT],
    "ODD": [ODD],
    "SITE": [SITE],
}
# What core hands to the screen: an error's sentence, the state's, a line's of the room.
HANDED = ("plain", "parts[]", "message.sentence")
SENTENCE = re.compile(r"(?s)[A-Z{][^\n]* [^\n]*\.$")  # no remark looks so, nor a key
# What only the author of a page reads, or nobody: of these codes no sentence is translated.
UNSEEN = (
    "config.", "link.timeout", "message.emotes", "message.type", "order.authenticate", "order.code", "order.destroyed",
    "order.left", "order.room", "order.stopped", "room.history", "rtc.refused", "site.page",
)  # fmt: skip


def said() -> dict[str, list[str]]:
    """{sentence: ["widget/ui/app.py:64", ...]} of what the screen says by itself."""
    found: dict[str, list[str]] = {sentence: [name] for name, table in TABLES.items() for sentence in table}
    for path, tree in parsed(SCREEN):
        if path.name == "strings.py":
            continue
        for call in calls(tree):
            if isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS:
                place = f"{path.relative_to(WIDGET.parent).as_posix()}:{call.lineno}"
                for given in call.args[FUNCTIONS[call.func.id]]:
                    for sentence in sentences(given, place):
                        found.setdefault(sentence, []).append(place)
    return found


@functools.cache
def counted() -> dict[str, str]:
    """The sentence for one thing, by the one for many."""
    found = [call for _, tree in parsed(SCREEN) for call in calls(tree) if ast.unparse(call.func) == "say_count"]
    return {ast.literal_eval(call.args[1]): ast.literal_eval(call.args[0]) for call in found}


def handed() -> dict[str, list[str]]:
    """{sentence: [place, ...]} of what core hands to the screen: errors, the state's error, lines of the room."""
    found: dict[str, list[str]] = {}
    for path, tree in [*parsed(CORE), (WIDGET / "errors.py", tree_of(WIDGET / "errors.py"))]:
        place = path.relative_to(WIDGET.parent).as_posix()
        left_out = [node for call in calls(tree) if is_unseen(call) for node in ast.walk(call)]
        names = {node.id for node in left_out if isinstance(node, ast.Name)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign | ast.AnnAssign) and assigned(node) in names:
                left_out += ast.walk(node)
        inside = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        docstrings = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in set(ast.walk(tree)) - {*left_out, *inside, *docstrings}:
            text = text_of(node, place)
            if SENTENCE.match(text) is not None:
                found.setdefault(text, []).append(place)
    return found


def is_unseen(call: ast.Call) -> bool:
    first = call.args[0] if len(call.args) > 0 else None
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.startswith(UNSEEN)


def assigned(node: ast.Assign | ast.AnnAssign) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    return target.id if isinstance(target, ast.Name) else ""


def text_of(node: ast.AST, place: str) -> str:
    """What a constant says, or an f-string of constants of its module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and SENTENCE.match(ast.unparse(node)[2:-1]) is not None:
        module = importlib.import_module(place.removesuffix(".py").replace("/", "."))
        return str(eval(compile(ast.Expression(node), place, "eval"), vars(module)))
    return ""


def sentences(given: ast.expr, place: str) -> list[str]:
    """What an argument of say() may be: a sentence, one of two, one of a table, or what core has handed over."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return [given.value]
    if isinstance(given, ast.IfExp):
        return [*sentences(given.body, place), *sentences(given.orelse, place)]
    name = f"{ast.unparse(given.value)}[]" if isinstance(given, ast.Subscript) else ast.unparse(given)
    if name in TABLES or name in HANDED:
        return []
    raise AssertionError(f"{place}: a translator cannot find what is said here: {ast.unparse(given)}")


@functools.cache
def all_sentences() -> tuple[str, ...]:
    """What a catalogue has."""
    return tuple(sorted({*said(), *handed()}))


def parsed(folders: tuple[str, ...]) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((WIDGET / folder).rglob("*.py")):
            yield path, tree_of(path)


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@functools.cache
def calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


if __name__ == "__main__":
    print("\n".join(all_sentences()))

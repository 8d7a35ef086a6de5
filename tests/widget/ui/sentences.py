"""Every sentence of the screen, found where it is said: `python -m tests.widget.ui.sentences` prints them as JSON."""

from __future__ import annotations

import ast
import json
from pathlib import Path

from tests.fakes.core import MONTHS
from widget.ui.chat_message import FLAG_TEXTS, MARKS
from widget.ui.connection_badge import WORDS

WIDGET = Path(__file__).parents[3] / "widget"
FUNCTIONS = {"say": 1, "say_count": 2}  # how many of their first arguments are sentences
# Said by name: say(WORDS[kind]).
TABLES: dict[str, list[str]] = {
    "WORDS[]": list(WORDS.values()),
    "FLAG_TEXTS[]": list(FLAG_TEXTS.values()),
    "MARKS[]": list(MARKS.values()),
    "month": list(MONTHS),
}


def said() -> dict[str, list[str]]:
    """{sentence: ["widget/ui/app.py:64", ...]}"""
    found: dict[str, list[str]] = {sentence: [name] for name, table in TABLES.items() for sentence in table}
    for path in [*sorted((WIDGET / "ui").glob("*.py")), *sorted((WIDGET / "browser").glob("*.py"))]:
        if path.name == "strings.py":
            continue
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in FUNCTIONS:
                place = f"{path.relative_to(WIDGET.parent).as_posix()}:{call.lineno}"
                for given in call.args[: FUNCTIONS[call.func.id]]:
                    for sentence in sentences(given, place):
                        found.setdefault(sentence, []).append(place)
    return found


def sentences(given: ast.expr, place: str) -> list[str]:
    """What an argument of say() may be: a sentence, one of two, or one of a table, which is known already."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return [given.value]
    if isinstance(given, ast.IfExp):
        return [*sentences(given.body, place), *sentences(given.orelse, place)]
    if (f"{ast.unparse(given.value)}[]" if isinstance(given, ast.Subscript) else ast.unparse(given)) in TABLES:
        return []
    raise AssertionError(f"{place}: a translator cannot find what is said here: {ast.unparse(given)}")


if __name__ == "__main__":
    print(json.dumps(dict.fromkeys(said(), ""), indent=2, ensure_ascii=False))

"""A project of a few lines that the real build builds in a second."""

from __future__ import annotations

from pathlib import Path

PROJECT = {
    "pyproject.toml": (
        '[project]\nname = "small"\nversion = "1.2.3"\n'
        "[tool.strixun.budgets]\njs_gzip_bytes = 20000\ncss_gzip_bytes = 1000\n"
    ),
    "widget/__init__.py": "",
    "widget/core/__init__.py": "",
    "widget/browser/__init__.py": "",
    "widget/browser/js.py": "Value = object\n",
    "widget/core/greet.py": (
        '"""Greets."""\n\nfrom __future__ import annotations\n\n\n'
        "class Greeter:\n"
        "    def __init__(self, greeting: str) -> None:\n        self._private_greeting: str = greeting\n\n"
        '    def greet(self, name: str) -> str:\n        return self._private_greeting + ", dear " + name\n'
    ),
    "widget/browser/entry.py": (
        '"""The entry."""\n\nfrom __future__ import annotations\n\n'
        "from widget.browser import js\nfrom widget.core.greet import Greeter\n\n\n"
        "class ChatWidget:\n"
        '    def __init__(self) -> None:\n        self._greeter: Greeter = Greeter("hello")\n\n'
        "    def hello(self, name: js.Value) -> str:\n        return self._greeter.greet(str(name))\n"
    ),
    "widget/styles/tokens.css": ":root { --space: 4px; }\n",
    "widget/styles/base.css": "p { margin: var(--space); }\n",
}


def write(root: Path, changed: dict[str, str] | None = None) -> Path:
    """Lays it out under `root`, some files of it changed; `root` again."""
    for name, text in {**PROJECT, **(changed or {})}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root

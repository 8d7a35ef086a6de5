"""The example of docs/OWN_WIDGET.md: built by the line that the page gives, and pressed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "OWN_WIDGET.md").read_text("utf-8")
COMMANDS = re.findall(r"^\.venv/bin/python (-m build\.compiler .*--out .*)$", PAGE, re.M)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_page_gives_the_commands_and_the_source() -> None:
    assert len(COMMANDS) == 2
    assert (ROOT / "examples" / "counter" / "counter" / "entry.py").read_text("utf-8") in PAGE
    assert (ROOT / "examples" / "counter" / "index.html").read_text("utf-8") in PAGE


@pytest.mark.asyncio
@pytest.mark.parametrize("command", COMMANDS)
async def test_the_counter_counts(command: str, chromium: Browser, tmp_path: Path) -> None:
    out = tmp_path / "counter.js"
    done = run(*[str(out) if part.endswith(".js") else part for part in shlex.split(command)])
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    shutil.copy(ROOT / "examples" / "counter" / "index.html", tmp_path)
    page = await chromium.new_page()
    await page.goto((tmp_path / "index.html").as_uri())
    buttons = page.locator("[data-counter]")
    await expect(buttons.nth(0)).to_have_text("Pressed 0 times")
    await buttons.nth(0).click()
    await expect(buttons.nth(0)).to_have_text("Pressed 1 time")
    await expect(buttons.nth(1)).to_have_text("Pressed 0 times")
    await page.close()


def test_what_is_refused_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "entry.py").write_text("from __future__ import annotations\n\nx = eval('1')\n", "utf-8")
    command = ["-m", "build.compiler", str(tmp_path), "mine.entry", "--out", str(tmp_path / "a.js")]
    done = run(*command)
    assert done.returncode == 1
    assert done.stderr.startswith("mine/entry.py:3:5: CW036 `eval` is not in the subset")
    assert not (tmp_path / "a.js").exists()


STARTED = """from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from widget.browser import js

F = TypeVar("F", bound=Callable[..., Any])


def starter(function: F) -> F:
    return function


async def work() -> None:
    js.window.done = True


@starter
def later(task: Coroutine[Any, Any, None]) -> None:
    js.start(task)


later(work())
"""
ABOVE = "@starter\n"
LINE = "    return function\n"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (STARTED, ""),
        (STARTED.replace(ABOVE, ""), "CW056 a coroutine that nobody runs"),
        (STARTED.replace(LINE, f"    js.window.more = function\n{LINE}"), "CW026 decorator `starter`"),
    ],
)
def test_a_program_marks_its_own_starters(text: str, refused: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "entry.py").write_text(text, "utf-8")
    done = run("-m", "build.compiler", str(tmp_path), "mine.entry", "--out", str(tmp_path / "a.js"))
    assert refused in done.stderr
    assert done.returncode == int(refused != "")
    if refused == "":
        made = (tmp_path / "a.js").read_text("utf-8")
        assert "later(() => work())" in made
        assert made.count("starter(") == 1, "it is defined, and nobody calls it"

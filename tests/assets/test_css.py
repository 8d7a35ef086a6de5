"""The stylesheet's order and what minifying keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from build.css import NoStyles, minified_css, readable_css, style_files
from build.esbuild import EsbuildFailed

ROOT = Path(__file__).parents[2]


def styles(folder: Path, names: list[str]) -> Path:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f".{file.stem} {{\n  color: rgb(255, 0, 0);\n}}\n", "utf-8")
    return folder


def test_tokens_come_first_and_themes_last(tmp_path: Path) -> None:
    names = ["themes/light.css", "themes/dark.css", "room_list.css", "base.css", "tokens.css", "app.css"]
    found = [path.relative_to(tmp_path).as_posix() for path in style_files(styles(tmp_path, names))]
    assert found == ["tokens.css", "base.css", "app.css", "room_list.css", "themes/dark.css", "themes/light.css"]


def test_a_file_of_themes_comes_last_too(tmp_path: Path) -> None:
    found = [path.name for path in style_files(styles(tmp_path, ["themes.css", "zebra.css", "tokens.css"]))]
    assert found == ["tokens.css", "zebra.css", "themes.css"]


def test_the_readable_file_names_its_parts(tmp_path: Path) -> None:
    text = readable_css(styles(tmp_path, ["tokens.css", "base.css"]), "Name 1.0.0")
    assert text.startswith("/*! Name 1.0.0 */\n/* tokens.css */\n.tokens {\n")
    assert text.index("/* base.css */") > text.index(".tokens")


def test_minifying_keeps_the_order_and_the_name(tmp_path: Path) -> None:
    readable = readable_css(styles(tmp_path, ["tokens.css", "base.css"]), "Name 1.0.0")
    assert minified_css(readable, "Name 1.0.0") == "/*! Name 1.0.0 */\n.tokens,.base{color:red}\n"


def test_broken_css_fails_the_build() -> None:
    with pytest.raises(EsbuildFailed):
        minified_css('p { background: url("', "Name")


def test_a_folder_without_styles_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(NoStyles):
        style_files(tmp_path)


def test_no_rule_is_for_whatever_follows_whatever() -> None:
    """For one such rule Chromium styles all children and theirs anew wherever a child comes or goes."""
    for path in style_files(ROOT / "widget" / "styles"):
        assert re.search(r"\* *[+~] *\*", path.read_text("utf-8")) is None, path.name


def test_nothing_moves_with_each_message() -> None:
    """An animation of its bubble took as long as all else that is done for a message."""
    assert "animation" not in (ROOT / "widget" / "styles" / "chat_message.css").read_text("utf-8")

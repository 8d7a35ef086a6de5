"""The stylesheet: our files joined in one order, and what esbuild makes of them."""

from __future__ import annotations

from pathlib import Path

from build.esbuild import run_esbuild

# esbuild writes what these understand: the widget's baseline.
BROWSERS = "chrome90,firefox88,safari14"


class NoStyles(Exception):
    """The folder of styles has none."""


def style_files(folder: Path) -> list[Path]:
    """tokens.css, base.css, the components by name, then the themes, each of which may override what is before it."""
    found = sorted(folder.rglob("*.css"), key=lambda path: (_rank(path.relative_to(folder)), path.as_posix()))
    if len(found) == 0:
        raise NoStyles(f"no .css in {folder.name}/")
    return found


def _rank(path: Path) -> int:
    if path.as_posix() in ("tokens.css", "base.css"):
        return ("tokens.css", "base.css").index(path.as_posix())
    return 3 if path.parts[0].startswith("theme") else 2


def readable_css(folder: Path, banner: str) -> str:
    parts = [
        f"/* {path.relative_to(folder).as_posix()} */\n{path.read_text('utf-8').strip()}\n"
        for path in style_files(folder)
    ]
    return f"/*! {banner} */\n" + "\n".join(parts)


def minified_css(readable: str, banner: str) -> str:
    arguments = ["--loader=css", "--minify", f"--target={BROWSERS}", "--legal-comments=none", "--log-level=warning"]
    return f"/*! {banner} */\n" + run_esbuild(arguments, stdin=readable).strip() + "\n"

"""Checks or compiles files, or makes one script of a program.

`python -m build.compiler --check`, `... widget/chat/chat.py`, `... DIR ENTRY --out FILE`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.encoding import source_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.load import CACHE
from build.compiler.parse import parse_each
from build.compiler.script import script
from build.compiler.settings import Settings, read_settings
from build.compiler.source import SourceModule


def main(arguments: list[str]) -> int:
    """0 when nothing is refused in what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m build.compiler")
    parser.add_argument("files", nargs="*", help="print the JavaScript of these; without any, check the whole package")
    parser.add_argument("--check", action="store_true", help="print diagnostics only")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="with a folder and an entry (`. counter.entry`): the script"
    )
    parser.add_argument("--small", action="store_true", help="with --out: minified, with short names")
    options = parser.parse_args(arguments)
    if options.out is None:
        return show({Path(name).as_posix() for name in options.files}, options.check)
    if len(options.files) != 2:
        parser.error("--out goes with a folder and the entry's module: `. counter.entry --out counter.js`")
    return make(Path(options.files[0]), options.files[1], options.out, options.small)


def make(root: Path, entry: str, out: Path, is_small: bool) -> int:
    """Writes the script; 1 and no file where something is refused."""
    try:
        text = script(root, entry, is_small)
    except CompileErrors as errors:
        print(errors.render(), file=sys.stderr)
        return 1
    out.write_text(text, "utf-8", newline="\n")
    return 0


def show(wanted: set[str], check: bool) -> int:
    """Prints the JavaScript of these files, or only what is refused in them; without files, in the whole package."""
    settings = read_settings(Path())
    sources, broken = read_sources(Path(), wanted, settings)
    try:
        modules = compile_program(sources)
    except CompileErrors as errors:
        shown = [found for found in errors.diagnostics if len(wanted) == 0 or found.path in wanted]
        if len(shown) > 0:
            print(CompileErrors(shown, errors.texts).render(), file=sys.stderr)
        if broken is not None:
            print(broken.render(), file=sys.stderr)
        return 1 if len(shown) > 0 or broken is not None else 0
    if broken is not None:
        print(broken.render(), file=sys.stderr)
        return 1
    for module in modules.values():
        if module.path.replace(".mjs", ".py") in wanted and not check:
            print(module.code)
    return 0


def read_sources(
    root: Path, wanted: set[str], settings: Settings
) -> tuple[dict[str, SourceModule], CompileErrors | None]:
    """All of the package (types cross modules) and the files asked for."""
    found = root.glob(f"{settings.package}/**/*.py") if settings.package != "" else []
    paths = {path.relative_to(root).as_posix() for path in found}
    texts: dict[str, str] = {}
    broken: list[Diagnostic] = []
    for path in sorted(paths | wanted):
        if path.startswith(settings.left_out) and path not in wanted:
            continue
        try:
            texts[path] = source_text(path, (root / path).read_bytes())
        except NotPython as error:
            broken.append(error.diagnostic)
    trees, refused = parse_each(texts, root / CACHE)
    names = {path: module_name(path) for path in trees}
    sources = {name: SourceModule(name, path, texts[path], trees[path]) for path, name in names.items()}
    broken += refused
    return sources, CompileErrors(broken, texts) if len(broken) > 0 else None


def module_name(path: str) -> str:
    """widget/chat/chat.py is widget.chat.chat; a package is named by its folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

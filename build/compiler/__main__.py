"""Checks or compiles files: `python -m build.compiler --check`, `python -m build.compiler widget/chat/chat.py`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.encoding import source_text
from build.compiler.errors import CompileErrors, Diagnostic, NotPython
from build.compiler.gate import parse_here
from build.compiler.source import SourceModule

LEFT_OUT = ("widget/native/",)


def main(arguments: list[str]) -> int:
    """0 when nothing is refused in the files asked for, or in all of widget/."""
    parser = argparse.ArgumentParser(prog="python -m build.compiler")
    parser.add_argument("files", nargs="*", help="print the JavaScript of these; without any, check all of widget/")
    parser.add_argument("--check", action="store_true", help="print diagnostics only")
    options = parser.parse_args(arguments)
    wanted = {Path(name).as_posix() for name in options.files}
    sources, broken = read_sources(Path(), wanted)
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
        if module.path.replace(".mjs", ".py") in wanted and not options.check:
            print(module.code)
    return 0


def read_sources(root: Path, wanted: set[str]) -> tuple[dict[str, SourceModule], CompileErrors | None]:
    """All of widget/ (types cross modules) and the files asked for."""
    paths = {path.relative_to(root).as_posix() for path in root.glob("widget/**/*.py")}
    sources: dict[str, SourceModule] = {}
    texts: dict[str, str] = {}
    broken: list[Diagnostic] = []
    for path in sorted(paths | wanted):
        if path.startswith(LEFT_OUT) and path not in wanted:
            continue
        try:
            text = texts[path] = source_text(path, (root / path).read_bytes())
            name = module_name(path)
            sources[name] = SourceModule(name, path, text, parse_here(path, text))
        except NotPython as error:
            broken.append(error.diagnostic)
    return sources, CompileErrors(broken, texts) if len(broken) > 0 else None


def module_name(path: str) -> str:
    """widget/chat/chat.py is widget.chat.chat; a package is named by its folder."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

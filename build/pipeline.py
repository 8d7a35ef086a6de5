"""The phases of a build in order."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from build.budget import Budgets, size_table
from build.compiler.compile import JsModule, compile_program
from build.compiler.errors import CompileWarnings
from build.compiler.load import load_program
from build.compiler.source import SourceModule
from build.compiler.warn import attributes_read
from build.css import minified_css, readable_css
from build.integrity import SCRIPT, STYLE, hash_list, hashes
from build.link import READABLE_STYLE, Linked, Program, link
from build.npm import package_files
from build.publish import fill_folder, publish, replace_folder
from build.sinks import refuse_sinks
from build.versions import Version, project_version, read_releases

ENTRY = "widget.browser.entry"
HOME = "widget.browser.home"
PLATFORM = "browser"
PACKAGE = "npm_dist"
TYPES = "chat-widget.d.ts"
ELEMENT = Path(__file__).parent / "package" / "custom-element.mjs"


@dataclass
class Progress:
    """One line a phase, with its time."""

    write: Callable[[str], object] = field(default_factory=lambda: sys.stderr.write)
    started: float = field(default_factory=time.perf_counter)

    def done(self, phase: str, what: str) -> None:
        now = time.perf_counter()
        self.write(f"{phase:<8} {what:<32} {now - self.started:6.2f} s\n")
        self.started = now


@dataclass(frozen=True)
class Built:
    """Every file of one version by name, still in memory: those of the CDN, and those of the npm package."""

    version: Version
    files: dict[str, bytes]
    package: dict[str, bytes] = field(default_factory=dict)


def check(root: Path, progress: Progress) -> int:
    """Compiles and writes nothing. The number of modules; raises CompileErrors, and CompileWarnings too."""

    def stop(found: CompileWarnings) -> None:
        raise found

    return len(_compile(root, progress, stop)[1])


def build(root: Path, progress: Progress) -> Built:
    """All files of the project's version. Raises CompileErrors, SinkFound, EsbuildFailed, OverBudget."""
    version = project_version(root)
    banner = f"Strixun Chat {version} | MIT"
    readable = readable_css(root / "widget" / "styles", banner)
    minified = minified_css(readable, banner)
    progress.done("style", f"{len(minified):,} bytes")
    linked = _link(root, version, banner, (readable, minified), progress)
    types = f"/*! {banner} */\n" + Path(__file__).with_name(TYPES).read_text("utf-8")
    files = {**linked.files, READABLE_STYLE: readable.encode(), STYLE: minified.encode(), TYPES: types.encode()}
    package = package_files(version, linked.package, minified.encode(), types.encode())
    for name, data in (files | package).items():
        if name.endswith((".js", ".mjs", ".css")):
            refuse_sinks(name, data.decode("utf-8"))
    progress.done("sinks", "none")
    return Built(version, dict(sorted(files.items())), package)


def write_cdn(root: Path, target: Path, progress: Progress) -> str:
    """Builds, writes the folder that is served and the npm package beside it; the tables of sizes and hashes."""
    built = build(root, progress)
    budgets = Budgets.read(root)
    folders = publish(built.version, built.files, target, budgets, read_releases(root / "releases.json"))
    replace_folder(target.with_name(PACKAGE), partial(fill_folder, built.package))
    progress.done("write", " ".join(folders))
    return size_table(built.files, budgets) + "\n\n" + hash_list(built.version, hashes(built.files))


def public_names(module: SourceModule) -> tuple[str, ...]:
    """What `window.StrixunChat` holds: the entry's own classes without a leading underscore."""
    found = [node.name for node in module.tree.body if isinstance(node, ast.ClassDef)]
    return tuple(sorted(name for name in found if not name.startswith("_")))


def _compile(
    root: Path, progress: Progress, warned: Callable[[CompileWarnings], object]
) -> tuple[dict[str, SourceModule], Mapping[str, JsModule]]:
    sources = load_program(root, ENTRY)
    progress.done("parse", f"{len(sources)} modules")
    modules = compile_program(sources, PLATFORM, public_names(sources[ENTRY]), warned, _asked(root))
    progress.done("compile", f"{sum(module.text.count(chr(10)) for module in sources.values()):,} lines")
    return sources, modules


def _asked(root: Path) -> frozenset[str]:
    """What those read who share parts with the bundle: the native client the core, the services the wire."""
    folders = (root / "widget" / "native", root / "auth", root / "signaling")
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return frozenset(attributes_read(ast.parse(file.read_text("utf-8")) for file in files))


def _link(root: Path, version: Version, banner: str, styles: tuple[str, str], progress: Progress) -> Linked:
    """`styles` are the readable one and the minified."""
    sources, modules = _compile(root, progress, lambda found: progress.write(f"{found}\n"))
    folder = Path(__file__).with_name("compiler") / "runtime"
    runtime = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.mjs"))}
    texts = {source.path: source.text for source in sources.values()}
    program = Program(modules, runtime, texts, ENTRY, public_names(sources[ENTRY]), str(version), banner)
    if HOME in sources:
        program = replace(program, home=HOME, element=ELEMENT.read_text("utf-8"))
        program = replace(program, readable_style=styles[0], style=styles[1])
    linked = link(program)
    progress.done("link", f"{len(linked.files[SCRIPT]):,} bytes minified")
    return linked

"""The phases of a build in order."""

from __future__ import annotations

import ast
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from build import letters
from build.arrange import ARRANGEMENT, compressed, read_arrangement, small, written
from build.budget import Budgets, size_table
from build.bundle import bundle
from build.compiler.compile import JsModule, compile_program
from build.compiler.errors import CompileWarnings
from build.compiler.load import load_program
from build.compiler.lower.helpers import runtime
from build.compiler.shorten import Speller, short_names
from build.compiler.source import SourceModule
from build.compiler.warn import attributes_read
from build.css import minified_css, readable_css
from build.integrity import SCRIPT, STYLE, hash_list, hashes, integrity
from build.languages import LIST, language_files
from build.learn import learned
from build.learn_letters import learned_letters
from build.learn_locals import learned_locals
from build.link import READABLE_STYLE, Program, link
from build.locals import LOCALS_FILE, read_locals, written_locals
from build.minify import Piece
from build.npm import package_files
from build.publish import fill_folder, publish, replace_folder
from build.sinks import refuse_sinks
from build.top_names import briefly_named
from build.versions import Version, project_version, read_releases

ENTRY = "widget.browser.entry"
HOME = "widget.browser.home"
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
    return len(_compile(root, progress, _stop)[1])


def build(root: Path, progress: Progress, is_strict: bool = False) -> Built:
    """All files of the project's version. Raises CompileErrors, SinkFound, EsbuildFailed, OverBudget, and
    CompileWarnings where it is strict; else they are only told."""
    program = program_of(root, progress, is_strict=is_strict)
    linked = link(program, read_arrangement(), read_locals())
    progress.done("link", f"{len(linked.files[SCRIPT]):,} bytes minified")
    styles = {READABLE_STYLE: program.readable_style.encode(), STYLE: program.style.encode()}
    types = f"/*! {program.banner} */\n{Path(__file__).with_name(TYPES).read_text('utf-8')}".encode()
    languages = language_files(root / "widget" / "languages")
    files = {**linked.files, **styles, **languages, TYPES: types}
    package = package_files(Version.parse(program.version), {**linked.package, **languages}, styles[STYLE], types)
    for name, data in (files | package).items():
        if name.endswith((".js", ".mjs", ".css")):
            refuse_sinks(name, data.decode("utf-8"))
    progress.done("sinks", "none")
    return Built(Version.parse(program.version), dict(sorted(files.items())), package)


def write_cdn(root: Path, target: Path, progress: Progress, is_strict: bool = False) -> str:
    """Builds, writes the folder that is served and the npm package beside it; the tables of sizes and hashes."""
    built = build(root, progress, is_strict)
    budgets = Budgets.read(root)
    folders = publish(built.version, built.files, target, budgets, read_releases(root / "releases.json"))
    replace_folder(target.with_name(PACKAGE), partial(fill_folder, built.package))
    progress.done("write", " ".join(folders))
    return size_table(built.files, budgets) + "\n\n" + hash_list(built.version, hashes(built.files))


def program_of(
    root: Path, progress: Progress, spell: Speller | None = None, is_strict: bool = False
) -> Program:
    """What the linker is given, with the learned letters or as `spell` has them. Raises CompileErrors."""
    version = project_version(root)
    banner = f"Strixun Chat {version} | MIT"
    readable = readable_css(root / "widget" / "styles", banner)
    style = minified_css(readable, banner)
    progress.done("style", f"{len(style):,} bytes")
    warned = _stop if is_strict else lambda found: progress.write(f"{found}\n")
    sources, modules = _compile(root, progress, warned, spell)
    names = public_names(sources[ENTRY])
    texts = {source.path: source.text for source in sources.values()}
    shown = {"style": style, "readable_style": readable}
    program = Program(modules, runtime(), texts, ENTRY, names, str(version), banner, **shown)
    if HOME not in sources:
        return program
    listed = integrity(language_files(root / "widget" / "languages")[LIST])
    return replace(program, home=HOME, element=ELEMENT.read_text("utf-8"), list_pin=listed)


def write_arrangement(root: Path, tries: int, progress: Progress) -> str:
    """Tries from the present arrangement on and writes down each better one, so that it may be stopped."""
    script = compressed(bundle(program_of(root, progress)).script)
    progress.done("compress", f"{len(script.code):,} bytes")
    found = 0
    for better in learned(script, read_arrangement(), tries, progress.write):
        ARRANGEMENT.write_text(written(better), "utf-8", newline="\n")
        found = len(better)
    progress.done("arrange", f"{tries:,} tries")
    return f"{found} declarations in {ARRANGEMENT.name}" if found > 0 else "nothing better was found"


def write_letters(root: Path, tries: int, progress: Progress) -> str:
    """Tries from the present letters on and writes down better ones."""

    def minified(spell: Speller) -> Piece:
        return small(compressed(bundle(program_of(root, Progress(len), spell)).script), read_arrangement())

    found = 0
    for better in learned_letters(letters.read_letters(), minified, tries, progress.write):
        letters.LETTERS_FILE.write_text(letters.written(better), "utf-8", newline="\n")
        found = len(better)
    progress.done("letters", f"{tries:,} tries")
    return f"{found} properties in {letters.LETTERS_FILE.name}" if found > 0 else "nothing better was found"


def write_locals(root: Path, tries: int, progress: Progress) -> str:
    """Tries from the present letters of local variables on and writes down better ones, so that it may be stopped."""
    script = briefly_named(small(compressed(bundle(program_of(root, progress)).script), read_arrangement()))
    found = 0
    for better in learned_locals(script, read_locals(), tries, progress.write):
        LOCALS_FILE.write_text(written_locals(better), "utf-8", newline="\n")
        found = sum(map(len, better.values()))
    progress.done("locals", f"{tries:,} tries")
    return f"{found} variables in {LOCALS_FILE.name}" if found > 0 else "nothing better was found"


def public_names(module: SourceModule) -> tuple[str, ...]:
    """What `window.StrixunChat` holds: the entry's own classes without a leading underscore."""
    found = [node.name for node in module.tree.body if isinstance(node, ast.ClassDef)]
    return tuple(sorted(name for name in found if not name.startswith("_")))


def _stop(found: CompileWarnings) -> None:
    raise found


def _compile(
    root: Path, progress: Progress, warned: Callable[[CompileWarnings], object], spell: Speller | None = None
) -> tuple[dict[str, SourceModule], Mapping[str, JsModule]]:
    sources = load_program(root, ENTRY)
    progress.done("parse", f"{len(sources)} modules")
    spell = spell or partial(short_names, known=letters.read_letters())
    modules = compile_program(sources, public_names(sources[ENTRY]), warned, _asked(root), spell)
    progress.done("compile", f"{sum(module.text.count(chr(10)) for module in sources.values()):,} lines")
    return sources, modules


def _asked(root: Path) -> frozenset[str]:
    """What those read who share parts with the bundle: the native client the core, the services the wire."""
    folders = (root / "widget" / "native", root / "auth", root / "signaling")
    files = [file for folder in folders for file in sorted(folder.glob("*.py"))]
    return frozenset(attributes_read(ast.parse(file.read_text("utf-8")) for file in files))

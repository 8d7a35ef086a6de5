"""Transcripts of compiled scenarios, one Node process for a feature."""

from __future__ import annotations

import ast
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.lower.helpers import runtime, write_program
from build.compiler.source import SourceModule
from build.compiler.thin import thin_runtime
from build.minify import Piece, minify
from build.node import find_node
from tests.parity.scenario import ROOT, Scenario

RUNNER = """
const transcripts = {};
for (const [name, file] of JSON.parse(process.argv[2])) {
  const lines = [];
  console.log = (text) => lines.push(...String(text).split("\\n"));
  try {
    const module = await import(file);
    await module.main();
  } catch (error) {
    lines.push(`uncaught ${error.stack}`);
  }
  transcripts[name] = lines;
}
process.stdout.write(JSON.stringify(transcripts));
"""


def compile_scenarios(scenarios: list[Scenario]) -> dict[str, SourceModule]:
    """Sources of the scenarios, of the underscore modules beside them and of what they import of the widget."""
    sources: dict[str, SourceModule] = {}
    paths = {scenario.path for scenario in scenarios}
    paths |= {path for scenario in scenarios for path in scenario.path.parent.glob("_*.py")}
    waiting = sorted(paths)
    while len(waiting) > 0:
        path = waiting.pop()
        relative = path.relative_to(ROOT)
        name = ".".join(relative.with_suffix("").parts)
        if name in sources:
            continue
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        sources[name] = SourceModule(name, relative.as_posix(), text, tree)
        waiting += widget_imports(tree)
    return sources


def widget_imports(tree: ast.Module) -> list[Path]:
    """Files of the widget's own modules that a module imports, all but the bridge to JavaScript."""
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    wanted = sorted(name for name in names if name.startswith("widget.") and name.count(".") > 0)
    files = [ROOT / (name.replace(".", "/") + ".py") for name in wanted if not name.startswith("widget.browser")]
    return [file for file in files if file.exists()]


def node_transcripts(scenarios: list[Scenario], folder: Path) -> list[dict[str, list[str]]]:
    """What the compiled scenarios print, by "feature/name": as people read it, and as pages load it."""
    modules = compile_program(compile_scenarios(scenarios)).values()
    plain = {module.path: module.code for module in modules}
    minified = minify([Piece(module.small, is_module=True) for module in modules])
    small = {module.path: piece.code for module, piece in zip(modules, minified, strict=True)}
    thin = thin_runtime(runtime(), modules)
    return [
        _transcripts(scenarios, plain, runtime(), folder / "plain"),
        _transcripts(scenarios, small, thin, folder / "small"),
    ]


def _transcripts(
    scenarios: list[Scenario], texts: dict[str, str], beside: Mapping[str, str], folder: Path
) -> dict[str, list[str]]:
    write_program(texts, folder, beside)
    runner = folder / "run.mjs"
    runner.write_text(RUNNER, encoding="utf-8")
    files = [
        [str(scenario), f"./{scenario.path.relative_to(ROOT).with_suffix('.mjs').as_posix()}"] for scenario in scenarios
    ]
    done = subprocess.run(
        [find_node(), str(runner), json.dumps(files)],
        capture_output=True,
        text=True,
        timeout=60,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found

"""The judge, compiled, in one Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.load import load_program
from build.compiler.lower.helpers import write_program
from build.node import find_node
from tests.fakes.widget_copy import copy_widget

ROOT = Path(__file__).parents[2]
ENTRY = "widget.browser.vector_page"
RUNNER = """
import { readFileSync, writeFileSync } from "node:fs";
const { Vectors } = await import("./widget/browser/vector_page.mjs");
const files = JSON.parse(readFileSync("given.json", "utf-8"));
const answers = {};
for (const [name, text] of Object.entries(files)) {
  if (name !== "world") answers[name] = await new Vectors().judge(files.world, text);
}
writeFileSync("answers.json", JSON.stringify(answers));
"""


def node_answers(texts: dict[str, str], folder: Path) -> dict[str, str]:
    """What the judge says of each file, by name; `world` is one of them."""
    _lay_out(folder / "source")
    sources = load_program(folder / "source", ENTRY)
    modules = compile_program(sources, public=("Vectors",)).values()
    write_program({module.path: module.code for module in modules}, folder)
    (folder / "run.mjs").write_text(RUNNER, "utf-8")
    (folder / "given.json").write_text(json.dumps(texts), "utf-8")
    done = subprocess.run(
        [find_node(), "run.mjs"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, str] = json.loads((folder / "answers.json").read_text("utf-8"))
    return answers


def _lay_out(scratch: Path) -> None:
    """The compiler reads one package: the judge moves into a copy of it."""
    copy_widget(scratch)
    target = scratch / "widget" / "vectors"
    target.mkdir()
    (target / "__init__.py").write_text("")
    for path in (ROOT / "tests" / "vectors" / "judge").glob("*.py"):
        text = path.read_text("utf-8").replace("tests.vectors.judge", "widget.vectors")
        place = scratch / "widget" / "browser" / "vector_page.py" if path.stem == "page" else target / path.name
        place.write_text(text, "utf-8")

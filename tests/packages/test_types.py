"""The declarations under `tsc --strict`: the specification's examples, right uses, wrong uses."""

from __future__ import annotations

import json
import re

from tests.packages.workshop import ROOT, Workshop

SNIPPET = re.compile(r"^```(tsx?)\n(.*?)^```", re.M | re.S)
SCRIPT = re.compile(r"<script>\n(.*?)\n\s*</script>", re.DOTALL)
# The one line of the examples that is no strict TypeScript: an element that may be missing.
LOOSE = "document.getElementById('create-room-btn').style"
STRICT = "document.getElementById('create-room-btn')!.style"


def example(name: str) -> str:
    """The inline script of an example page as a TypeScript file that knows the global."""
    (script,) = SCRIPT.findall((ROOT / "examples" / name).read_text("utf-8"))
    return '/// <reference types="strixun-chat" />\n' + str(script).replace(LOOSE, STRICT)


def test_the_examples_of_the_specification_are_strict_typescript(workshop: Workshop) -> None:
    for name in ("zero-config", "advanced"):
        folder = workshop.folder / "examples" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "page.ts").write_text(example(f"{name}.html"), "utf-8")
        (folder / "tsconfig.json").write_text(
            json.dumps({"extends": "../../types/tsconfig.json", "include": ["page.ts"]})
        )
        done = workshop.tool("typescript", "-p", str(folder))
        assert (done.returncode, done.stdout) == (0, "")


def test_the_snippets_of_the_pages_are_strict_typescript(workshop: Workshop) -> None:
    folder = workshop.folder / "snippets"
    folder.mkdir(exist_ok=True)
    snippets = SNIPPET.findall((ROOT / "docs" / "CDN_USAGE.md").read_text("utf-8"))
    assert sorted({kind for kind, _ in snippets}) == ["ts", "tsx"]
    for number, (kind, text) in enumerate(snippets):
        (folder / f"snippet-{number}.{kind}").write_text(text, "utf-8")
    (folder / "tsconfig.json").write_text(json.dumps({"extends": "../types/tsconfig.json", "include": ["*"]}))
    done = workshop.tool("typescript", "-p", str(folder))
    assert (done.returncode, done.stdout) == (0, "")


def test_right_uses_are_allowed_and_wrong_ones_refused(workshop: Workshop) -> None:
    done = workshop.tool("typescript", "-p", "types")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_compiler_does_look_at_the_declarations(workshop: Workshop) -> None:
    folder = workshop.folder / "broken"
    folder.mkdir(exist_ok=True)
    (folder / "page.ts").write_text("import { nothing } from 'strixun-chat'\nnothing()\n", "utf-8")
    (folder / "tsconfig.json").write_text(json.dumps({"extends": "../types/tsconfig.json", "include": ["page.ts"]}))
    done = workshop.tool("typescript", "-p", str(folder))
    assert done.returncode != 0
    assert "has no exported member 'nothing'" in done.stdout

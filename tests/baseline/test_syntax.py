"""Every script that we ship is ES2020."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from build.node import find_node
from tests.baseline.compat import PACKAGES, ROOT

pytestmark = pytest.mark.no_cover

CHECK = PACKAGES / "node_modules" / "es-check" / "lib" / "cli" / "index.js"
SHIPPED = [*sorted((ROOT / "cdn_dist" / "v1.0.0").glob("*.js")), *sorted((ROOT / "npm_dist").glob("*.*js"))]
LEAST_FILES = 8
ASKED_FOR_FIRST = "--ignore=Uint8ArrayToHex"  # known.json says what is done without it


def es_check(files: list[Path], *options: str) -> str:
    """What it complains of; "" where all are well."""
    assert CHECK.is_file(), "es-check is not installed: run `make test`, or .ci/baseline"
    # It keeps a cache of what it read in the folder where it runs, and reads .js as well as .mjs.
    command = [
        find_node(),
        str(CHECK),
        "es2020",
        *map(str, files),
        "--checkFeatures",
        "--noColor",
        "--noCache",
        *options,
    ]
    done = subprocess.run(command, cwd=PACKAGES, capture_output=True, timeout=120)
    return "" if done.returncode == 0 else (done.stdout + done.stderr).decode()


def is_module(file: Path) -> bool:
    return file.suffix == ".mjs" or file.name.endswith(".esm.js")


def test_scripts_are_es2020() -> None:
    assert len(SHIPPED) >= LEAST_FILES
    assert es_check([file for file in SHIPPED if not is_module(file)], ASKED_FOR_FIRST) == ""


def test_modules_are_es2020() -> None:
    assert es_check([file for file in SHIPPED if is_module(file)], "--module", ASKED_FOR_FIRST) == ""


@pytest.mark.parametrize("text", ["a ||= b", "class A { b = 1 }", "class A { static { } }", "a = /b/v"])
def test_newer_syntax_is_noticed(text: str, tmp_path: Path) -> None:
    script = tmp_path / "script.js"
    script.write_text(text)
    assert "1 ES version matching error" in es_check([script])

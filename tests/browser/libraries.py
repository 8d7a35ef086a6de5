"""Old libraries as pages still have them, and axe-core, from the packages of tests/baseline."""

from __future__ import annotations

import subprocess
from pathlib import Path

from build.esbuild import esbuild_command

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ROOT / ".work" / "baseline" / "node_modules"
MISSING = "the libraries are not installed: run `make test`, or .ci/baseline"


def prototype() -> str:
    """Prototype.js without its DOM part, which its package leaves out."""
    entry = PACKAGES / "prototype" / "lib" / "index.js"
    assert entry.is_file(), MISSING
    options = ["--bundle", "--format=iife", "--log-level=error"]
    done = subprocess.run([*esbuild_command(), str(entry), *options], capture_output=True, timeout=60, check=True)
    return done.stdout.decode("utf-8")


def mootools() -> str:
    """MooTools Core without its DOM part."""
    return _text("mootools", "lib", "mootools-core-1.5.2-server.js")


def requirejs() -> str:
    """RequireJS, which brings `define` with `define.amd`."""
    return _text("requirejs", "require.js")


def axe() -> str:
    """axe-core, which judges a page by the rules of accessibility that a program can judge."""
    return _text("axe-core", "axe.min.js")


def _text(*parts: str) -> str:
    file = PACKAGES.joinpath(*parts)
    assert file.is_file(), MISSING
    return file.read_text("utf-8")

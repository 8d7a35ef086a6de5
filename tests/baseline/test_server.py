"""Where a server renders pages, the npm package is imported without a window."""

from __future__ import annotations

import subprocess

import pytest

from build.node import find_node
from tests.baseline.compat import ROOT

PACKAGE = ROOT / "npm_dist"


@pytest.mark.parametrize(
    "load",
    [
        f"import('{(PACKAGE / 'index.mjs').as_uri()}')",
        f"Promise.resolve(require('{PACKAGE / 'index.js'}'))",
        f"import('{(PACKAGE / 'element.mjs').as_uri()}')",
    ],
)
def test_the_package_is_imported_without_a_window(load: str) -> None:
    script = f"{load}.then(() => console.log(typeof window, typeof document))"
    done = subprocess.run([find_node(), "-e", script], capture_output=True, timeout=30)
    assert done.stdout.decode().strip() == "undefined undefined", done.stderr.decode()

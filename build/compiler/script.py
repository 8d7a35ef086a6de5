"""A program as one script: compiled, then joined by esbuild, without what nobody uses."""

from __future__ import annotations

import tempfile
from pathlib import Path

from build.compiler.compile import compile_program
from build.compiler.load import load_program
from build.compiler.lower.helpers import runtime, write_program
from build.compiler.thin import thin_runtime
from build.esbuild import run_esbuild

OPTIONS = ["--bundle", "--format=iife", "--target=es2020", "--legal-comments=none", "--charset=ascii"]


def script(root: Path, entry: str, is_small: bool = False) -> str:
    """`entry` ("counter.entry") in the folder `root`, run when the script is. `is_small` is minified, with short names.

    Raises CompileErrors for what the subset leaves out.
    """
    modules = compile_program(load_program(root, entry))
    code = {module.path: module.small if is_small else module.code for module in modules.values()}
    with tempfile.TemporaryDirectory() as name:
        write_program(code, Path(name), thin_runtime(runtime(), modules.values()) if is_small else None)
        begin = modules[entry].path
        return run_esbuild([begin, *OPTIONS, *(["--minify"] if is_small else [])], Path(name))

"""The first column: what a scenario prints on CPython."""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import io
import sys
import types


def run_under_cpython(name: str, source: str) -> str:
    """The transcript by the same rules as `run_under_brython`."""
    module = types.ModuleType(f"parity_{name.replace('/', '_')}")
    transcript = io.StringIO()
    sys.modules[module.__name__] = module  # dataclasses look their module up
    try:
        with contextlib.redirect_stdout(transcript):
            try:
                exec(compile(source, f"{name}.py", "exec", dont_inherit=True), module.__dict__)
                if hasattr(module, "main"):
                    result = module.main()
                    if inspect.iscoroutine(result):
                        asyncio.run(result)
            except Exception as error:
                print("uncaught", type(error).__name__, error)
    finally:
        del sys.modules[module.__name__]
    return transcript.getvalue()

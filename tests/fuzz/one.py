"""`python -m tests.fuzz.one TARGET [option of libFuzzer, or a folder or file of inputs ...]`: one target, for ever."""

from __future__ import annotations

import importlib
import sys


def main(name: str, arguments: list[str]) -> None:
    """Ends with the process: libFuzzer's exit code, 77 for a fault."""
    atheris = importlib.import_module("atheris")  # in requirements-fuzz.lock: not every Python has a wheel of it
    with atheris.instrument_imports(include=["widget"]):
        targets = importlib.import_module("tests.fuzz.targets")
    judge = targets.TARGETS[name].judge
    atheris.Setup([sys.argv[0], *arguments], judge)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

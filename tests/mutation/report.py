"""What became of the mutants of one part, read from what mutmut left in its workspace."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

NOTICED = ("killed", "timeout", "segfault")
NOT_COUNTED = ("caught by type check",)
HUNK = re.compile(r"@@ -(\d+)")


@dataclass(frozen=True)
class Mutant:
    """`status` is mutmut's word."""

    file: Path
    name: str
    status: str

    def shown(self) -> str:
        """Where it is and what was changed. To be asked for in the folder of the workspace."""
        diff = get_diff_for_mutant(self.name, path=self.file).splitlines()
        start = _first_line(self.file, self.name)
        hunk = next(index for index, line in enumerate(diff) if line.startswith("@@"))
        changed = next(index for index, line in enumerate(diff[hunk + 1 :]) if line[:1] in "+-")
        before = HUNK.match(diff[hunk])
        line = start + (int(before[1]) if before else 1) - 1 + changed
        changes = [f"    {line}" for line in diff[hunk + 1 :] if line[:1] in "+-"]
        return "\n".join([f"{self.file}:{line}  {self.status}  {self.name}", *changes])


def _first_line(file: Path, name: str) -> int:
    """Of the function that was changed."""
    function, owner = orig_function_and_class_names_from_key(name)
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        body = node.body if isinstance(node, ast.Module | ast.ClassDef) else []
        if (node.name if isinstance(node, ast.ClassDef) else None) != owner:
            continue
        for inner in body:
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name == function:
                return inner.lineno
    return 1


def mutants(files: list[str]) -> list[Mutant]:
    """In the order of the files and their lines."""
    found: list[Mutant] = []
    for file in map(Path, files):
        data = SourceFileMutationData(path=file)
        data.load()
        found += [Mutant(file, name, status_by_exit_code[code]) for name, code in data.exit_code_by_key.items()]
    return found


def score(found: list[Mutant]) -> float:
    """Percent that the tests noticed of what a type checker lets through."""
    counted = [mutant for mutant in found if mutant.status not in NOT_COUNTED]
    noticed = [mutant for mutant in counted if mutant.status in NOTICED]
    return 100 * len(noticed) / max(1, len(counted))


def counts(found: list[Mutant]) -> str:
    number = Counter(mutant.status for mutant in found)
    return ", ".join(f"{count} {status}" for status, count in number.most_common())


def survivors(found: list[Mutant]) -> list[Mutant]:
    return [mutant for mutant in found if mutant.status not in (*NOTICED, *NOT_COUNTED)]

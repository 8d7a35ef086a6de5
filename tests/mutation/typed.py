"""Which mutants a type checker refuses: mutmut parses every mutated file to tell, and its own index says it at once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from mutmut.configuration import config
from mutmut.mutation.data import MutantLineSpans
from mutmut.mutation.file_mutation import FailedTypeCheckMutant, MutatedMethodLocation
from mutmut.type_checking import TypeCheckingError, run_type_checker
from mutmut.utils.file_utils import change_cwd
from mutmut.utils.format_utils import get_mutant_name, is_mutated_method_name


def refused_mutants() -> dict[str, FailedTypeCheckMutant]:
    """By their names."""
    with change_cwd(Path("mutants")):
        errors = run_type_checker(config().type_check_command)
    found = [_mutant(error) for error in errors]
    return {mutant.name: mutant for mutant in found}


def _mutant(error: TypeCheckingError) -> FailedTypeCheckMutant:
    file = error.file_path.relative_to((Path.cwd() / "mutants").resolve())
    for function, start, end in _spans(file):
        if start <= error.line_number <= end:
            place = MutatedMethodLocation(error.file_path, function, start, end)
            return FailedTypeCheckMutant(place, get_mutant_name(file, function), error)
    raise ValueError(f"no mutant at {file}:{error.line_number}: {error.error_description}")


@cache
def _spans(file: Path) -> list[tuple[str, int, int]]:
    index = MutantLineSpans.load(file)
    spans = {} if index is None else index.span_by_function_name
    return [(name, span.start, span.end) for name, span in spans.items() if is_mutated_method_name(name)]

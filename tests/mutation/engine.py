"""mutmut with our operators: run in the folder that `workspace` laid out, in a process of its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from mutmut import __main__ as mutmut
from mutmut.runners import harness
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name
from mutmut.workers import isolation

from tests.mutation.killers import FILE, first, memory
from tests.mutation.patches import patch, replace
from tests.mutation.patience import fastest
from tests.mutation.typed import refused_mutants


class EagerTests(harness.PytestRunner):
    """In the process of a mutant."""

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        if mutant_name is not None:
            killers = memory(mangled_name_from_mutant_name(mutant_name))
            os.environ[FILE] = str(killers)
            tests = first(killers, list(tests))
        return super().run_tests(mutant_name=mutant_name, tests=tests)


class PatientRunner(isolation.ForkRunner):
    """Through the middle of a service pass all of its tests; a survivor would meet every one of them."""

    patience_s: float = 0.0

    def submit(self, mutant_name: str, tests: list[str], cpu_time_limit: int, estimated_time: float) -> None:
        chosen = fastest(tests, state().duration_by_test, self.patience_s)
        took_s = sum(state().duration_by_test[test] for test in chosen)
        super().submit(mutant_name, chosen, cpu_time_limit, took_s)


def main(names: list[str], workers: int, patience_s: float) -> None:
    patch()
    PatientRunner.patience_s = patience_s
    replace(isolation, "ForkRunner", PatientRunner)
    replace(isolation, "PytestRunner", EagerTests)
    replace(mutmut, "filter_mutants_with_type_checker", refused_mutants)
    mutmut._run(names, workers)


if __name__ == "__main__":
    main(sys.argv[3:], int(sys.argv[1]), float(sys.argv[2]))

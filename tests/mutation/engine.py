"""mutmut with our operators: run in the folder that `workspace` laid out, in a process of its own."""

from __future__ import annotations

import sys

from mutmut import __main__ as mutmut
from mutmut.state import state
from mutmut.workers import isolation

from tests.mutation.patches import patch, replace
from tests.mutation.patience import fastest
from tests.mutation.typed import refused_mutants


class PatientRunner(isolation.ForkRunner):
    """Through the middle of a service pass all of its tests; a survivor would meet every one of them."""

    def submit(self, mutant_name: str, tests: list[str], cpu_time_limit: int, estimated_time: float) -> None:
        chosen = fastest(tests, state().duration_by_test)
        took_s = sum(state().duration_by_test[test] for test in chosen)
        super().submit(mutant_name, chosen, cpu_time_limit, took_s)


def main(names: list[str], workers: int) -> None:
    patch()
    replace(isolation, "ForkRunner", PatientRunner)
    replace(mutmut, "filter_mutants_with_type_checker", refused_mutants)
    mutmut._run(names, workers)


if __name__ == "__main__":
    main(sys.argv[2:], int(sys.argv[1]))

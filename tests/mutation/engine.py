"""mutmut with our operators: run in the folder that `workspace` laid out, in a process of its own."""

from __future__ import annotations

import sys

from mutmut import __main__ as mutmut

from tests.mutation.patches import patch, replace
from tests.mutation.typed import refused_mutants


def main(names: list[str], workers: int) -> None:
    patch()
    replace(mutmut, "filter_mutants_with_type_checker", refused_mutants)
    mutmut._run(names, workers)


if __name__ == "__main__":
    main(sys.argv[2:], int(sys.argv[1]))

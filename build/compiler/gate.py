"""What both parsers take: the text that CPython's own compiler takes, but for what Brython's reads otherwise."""

from __future__ import annotations

import warnings

from build.compiler.depth import too_deep
from build.compiler.deviations import check_deviations
from build.compiler.errors import NotPython

RUN_TOGETHER = "invalid [a-z]+ literal"  # `1if x`: CPython will refuse it one day, and Brython does


def check_python(path: str, text: str) -> None:
    """Raises NotPython where CPython refuses to compile; that is more than no parser reads: `break` in no loop."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.filterwarnings("error", RUN_TOGETHER)
            compile(text, path, "exec", dont_inherit=True)
            check_deviations(path, text)
    except SyntaxError as error:
        raise NotPython(path, error.lineno or 1, error.offset or 1, error.msg) from None
    except ValueError as error:  # from Python 3.12 on, of an escape in the format of an f-string
        raise NotPython(path, 1, 1, str(error)) from None
    except (RecursionError, MemoryError):
        raise too_deep(path, text) from None

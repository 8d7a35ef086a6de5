"""The exception classes that the runtime brings along."""

from __future__ import annotations

from build.compiler.symbols import ClassInfo

TREE = {
    "Exception": None,
    "ArithmeticError": "Exception",
    "ZeroDivisionError": "ArithmeticError",
    "OverflowError": "ArithmeticError",
    "LookupError": "Exception",
    "KeyError": "LookupError",
    "IndexError": "LookupError",
    "ValueError": "Exception",
    "UnicodeError": "ValueError",
    "UnicodeDecodeError": "UnicodeError",
    "UnicodeEncodeError": "UnicodeError",
    "JSONDecodeError": "ValueError",
    "TypeError": "Exception",
    "AttributeError": "Exception",
    "RuntimeError": "Exception",
    "NotImplementedError": "RuntimeError",
    "RecursionError": "RuntimeError",
    "StopIteration": "Exception",
    "OSError": "Exception",
    "ConnectionError": "OSError",
    "TimeoutError": "OSError",
    "Failure": "Exception",
}
# Reached as json.JSONDecodeError and js.Failure, never by their bare name.
QUALIFIED = {"JSONDecodeError", "Failure"}


def _make() -> dict[str, ClassInfo]:
    made: dict[str, ClassInfo] = {}
    for name, base in TREE.items():
        made[name] = ClassInfo(name, None, None, made[base] if base is not None else None, is_exception=True)
    return made


EXCEPTIONS = _make()
FUNCTIONS_TEXT = (
    "abs all any bin bool bytes callable chr dict divmod enumerate filter float format frozenset hex int isinstance "
    "issubclass iter len list map max min next ord pow print range repr reversed round set sorted str sum super tuple "
    "type zip"
)
FUNCTIONS = frozenset(FUNCTIONS_TEXT.split())

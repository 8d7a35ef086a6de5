"""What a random program may be made of: for each type the texts of expressions, with holes for others.

`$int` is a hole for any expression of type int, `$int!` one for something short, `$tiny` a count from 0 to 4.
`%int` binds a fresh variable, which the holes marked `+` in the same text may use.
"""

from __future__ import annotations

from tests.parity.programs.containers import CONTAINERS
from tests.parity.programs.numbers import NUMBERS
from tests.parity.programs.objects import OBJECTS
from tests.parity.programs.texts import TEXTS

EXPRESSIONS = {**NUMBERS, **TEXTS, **CONTAINERS, **OBJECTS}

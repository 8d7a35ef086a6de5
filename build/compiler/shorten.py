"""Short names for the properties that only objects of our classes have.

Two names may become the same letter when no object has both: Python's checked types see to it that nobody asks an
object for an attribute that it lacks. So a few dozen letters do for a thousand names, and the text repeats itself,
which gzip likes. For the same reason the fields of a dataclass prefer the letters that the minifier gives to the
parameters of its constructor: then all constructors begin alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain, product

from build.compiler.lower.base import property_name
from build.compiler.program import Program
from build.compiler.symbols import ClassInfo, Field

# esbuild's own order for local names, by how often a letter occurs in JavaScript.
LETTERS = "tesinroacpxlwdfhugmbyvkjETSCRNIMLPDAHBOFGUKVWzqYXJZQ_$"
# What every exception has for the page that gets it.
OF_ERRORS = ("args", "cause", "code", "message", "name", "stack")


def short_names(program: Program, uses: Mapping[str, int], public: Iterable[str]) -> dict[str, str]:
    """The short form of each name in `uses` (how often it is written) that JavaScript does not know.

    `public` are names of classes that a page makes objects of.
    """
    classes = program.all_classes()
    names = {cls: frozenset(chain.from_iterable(map(_own_names, cls.family()))) for cls in classes}
    kept = _kept(program, names, set(public))
    beside: dict[str, set[str]] = defaultdict(set)
    for together in names.values():
        for name in together:
            beside[name] |= together
    first = _parameters(classes)
    short: dict[str, str] = {}
    wanted = [name for name in uses if name in beside and name not in kept and not name.startswith("__")]
    for name in sorted(wanted, key=lambda name: (-sum(first[name].values()), -uses[name], name)):
        taken = {short[other] for other in beside[name] if other in short}
        short[name] = next(letter for letter in _candidates(first[name]) if letter not in taken)
    return short


def _own_names(cls: ClassInfo) -> set[str]:
    return {property_name(name) for name in (*cls.fields, *cls.methods, *cls.setters)}


def _kept(program: Program, names: Mapping[ClassInfo, frozenset[str]], public: set[str]) -> set[str]:
    """Names that a page or the runtime may spell."""
    kept = set(OF_ERRORS)
    for cls, found in names.items():
        if cls in program.exposure.classes or cls.name in public:
            kept |= {name for name in found if not name.startswith("_")}
        # A constant of a class that objects may replace is found by its text.
        kept |= {item.name for item in _constants(cls) if item.name in program.stored_attributes}
    return kept


def _constants(cls: ClassInfo) -> list[Field]:
    return [item for item in cls.fields.values() if item.in_body and (item.class_var or not cls.is_dataclass)]


def _parameters(classes: Iterable[ClassInfo]) -> dict[str, Counter[int]]:
    """At which places of generated constructors a name stands, and how often."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for cls in classes:
        if cls.is_dataclass and "__init__" not in cls.methods:
            for index, field in enumerate(cls.dataclass_fields()):
                found[property_name(field.name)][index] += 1
    return found


def _candidates(places: Counter[int]) -> Iterable[str]:
    yield from (LETTERS[index] for index, _ in places.most_common() if index < len(LETTERS))
    yield from LETTERS
    # Two letters never spell a name that JavaScript knows when the second is a capital.
    yield from map("".join, product(LETTERS[:24], LETTERS[24:50]))

"""Short names for the properties that only objects of our classes have.

Checked types see to it that nobody asks an object for an attribute that it lacks, so attributes that no piece of code
can mix up (`slots.py`) may share a letter as long as no object has both. A few dozen letters do for a thousand names,
and the text repeats itself, which gzip likes. For the same reason the fields of a dataclass prefer the letters that
the minifier gives to the parameters of its constructor: then all constructors begin alike. Which other letter a slot
gets decides what gzip finds again, which nobody can calculate; `build/learn_letters.py` has tried, and what it found
comes first.
"""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, product
from types import MappingProxyType

from build.compiler.lower.spelling import property_name
from build.compiler.program import Program
from build.compiler.slots import Slot, Slots
from build.compiler.symbols import ClassInfo, Field

# The minifier's own order for local names, by how often a letter occurs in JavaScript.
LETTERS = "teisnhralocuwfpdgymvbMxk_TSAECjNUIRLPODqWHzBFKJGZVYXQ$"
# What every exception has for the page that gets it.
OF_ERRORS = ("args", "cause", "code", "message", "name", "stack")


# Given the program, its slots, how often each is written, and the names of classes that a page makes objects of.
Speller = Callable[[Program, Slots, Mapping[Slot, int], Iterable[str]], dict[Slot, str]]


def called(slot: Slot) -> str:
    """A slot's name from one build to the next."""
    return f"{slot[0].name}.{slot[1]}"


def short_names(
    program: Program,
    slots: Slots,
    uses: Mapping[Slot, int],
    public: Iterable[str],
    known: Mapping[str, str] = MappingProxyType({}),
) -> dict[Slot, str]:
    """The short form of each slot in `uses` (how often it is written) that JavaScript does not know.

    `public` are names of classes that a page makes objects of, `known` the letters that were learned.
    """
    kept = {slots.group(slot) for slot in _kept(program, slots, set(public))}
    counts: Counter[Slot] = Counter()
    for slot, count in uses.items():
        counts[slots.group(slot)] += count
    beside = beside_each(slots)
    first = _parameters(slots)
    short: dict[Slot, str] = {}
    wanted = [slot for slot in counts if slot in beside and slot not in kept and not slot[1].startswith("__")]

    def turn(slot: Slot) -> tuple[bool, int, int, str]:
        return (called(slot) not in known, -sum(first[slot].values()), -counts[slot], slot[1])

    for slot in sorted(wanted, key=turn):
        taken = {short.get(other, other[1]) for other in beside[slot]}
        letters = chain(_learned(known, slot), _candidates(first[slot]))
        short[slot] = next(letter for letter in letters if letter not in taken)
    return {slot: short[slots.group(slot)] for slot in uses if slots.group(slot) in short}


def beside_each(slots: Slots) -> dict[Slot, set[Slot]]:
    """What an object may have beside a slot, itself included."""
    found: dict[Slot, set[Slot]] = defaultdict(set)
    for cls, names in slots.names.items():
        together = {slots.group((cls, name)) for name in names}
        for slot in together:
            found[slot] |= together
    return found


def _learned(known: Mapping[str, str], slot: Slot) -> Iterable[str]:
    """No name that JavaScript or a page could know, whatever the file says."""
    return [letter for letter in (known.get(called(slot)),) if letter in set(LETTERS)]


def _kept(program: Program, slots: Slots, public: set[str]) -> Iterable[Slot]:
    """What a page or the runtime may spell."""
    for cls, names in slots.names.items():
        if cls.is_error():
            yield from ((cls, name) for name in names if name in OF_ERRORS)
        if cls in program.exposure.classes or cls.name in public:
            yield from ((cls, name) for name in names if not name.startswith("_"))
        # A constant of a class that objects may replace is found by its text.
        yield from ((cls, item.name) for item in _constants(cls) if item.name in program.stored_attributes)


def _constants(cls: ClassInfo) -> list[Field]:
    found = [item for item in cls.fields.values() if item.in_body and item.value is not None]
    return [item for item in found if item.class_var or not cls.is_dataclass]


def _parameters(slots: Slots) -> dict[Slot, Counter[int]]:
    """Which parameters of constructors a slot is given, and how often."""
    found: dict[Slot, Counter[int]] = defaultdict(Counter)
    for cls in slots.classes:
        for index, name in _given(cls):
            found[slots.group((cls, property_name(name)))][index] += 1
    return found


def _given(cls: ClassInfo) -> list[tuple[int, str]]:
    init = cls.methods.get("__init__")
    if init is None:
        return [(index, field.name) for index, field in enumerate(cls.dataclass_fields())]
    places = {arg.arg: index for index, arg in enumerate(init.node.args.args[1:])}
    return [
        (places[node.value.id], node.target.attr)
        for node in init.node.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in places
    ]


def _candidates(places: Counter[int]) -> Iterable[str]:
    yield from (LETTERS[index] for index, _ in places.most_common() if index < len(LETTERS))
    yield from LETTERS
    # Two letters never spell a name that JavaScript knows when the second is a capital.
    small = [letter for letter in LETTERS if letter.islower()]
    yield from map("".join, product(small, filter(str.isupper, LETTERS)))

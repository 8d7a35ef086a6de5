"""Which attributes must be spelled alike: those that one piece of code may find in objects of different classes.

A slot is a name in a class. Slots belong together when the one class inherits it from the other, when an object of
either may stand behind one type (a protocol, a union), and when a piece of code does not say whose attribute it
means. Everything else that happens to have the same name in Python is free to be spelled otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

from build.compiler.lower.spelling import property_name
from build.compiler.nodes import Own
from build.compiler.program import Program
from build.compiler.symbols import ClassInfo

Slot = tuple[ClassInfo, str]


class Slots:
    """Filled by `of`, once for each use; `group` is known when all uses have been seen."""

    def __init__(self, program: Program) -> None:
        self.classes = program.modules.all_classes()
        self.names = {cls: frozenset[str]().union(*map(_own_names, cls.family())) for cls in self.classes}
        self._next: dict[Slot, Slot] = {}
        for protocol in self.classes:
            if protocol.is_protocol:
                self._join_alike(protocol)

    def of(self, name: Own) -> Slot | None:
        """The slot that a piece of code uses; None for what no class of ours declares."""
        spelled = str(name)
        found = [(owner, spelled) for owner in name.owners if spelled in self.names.get(owner, ())]
        if len(found) == 0:
            found = [(cls, spelled) for cls in self.classes if spelled in self.names[cls]]
        self._join(found)
        return self._declared(found[0]) if len(found) > 0 else None

    def group(self, slot: Slot) -> Slot:
        """One slot that stands for all that belong together."""
        slot = self._declared(slot)
        while slot in self._next:
            slot = self._next[slot]
        return slot

    def _join(self, slots: Sequence[Slot]) -> None:
        for slot in slots[1:]:
            first, other = self.group(slots[0]), self.group(slot)
            if first != other:
                self._next[other] = first

    def _join_alike(self, protocol: ClassInfo) -> None:
        """Whatever has all that a protocol asks for may stand behind it."""
        asked = self.names[protocol]
        for cls in self.classes:
            if cls is not protocol and asked <= self.names[cls]:
                for name in asked:
                    self._join([(protocol, name), (cls, name)])

    def _declared(self, slot: Slot) -> Slot:
        """Where the attribute comes from: the furthest ancestor that has it."""
        cls, name = slot
        return next(((item, name) for item in reversed(cls.family()) if name in _own_names(item)), slot)


def _own_names(cls: ClassInfo) -> set[str]:
    return {property_name(name) for name in (*cls.fields, *cls.methods, *cls.setters)}

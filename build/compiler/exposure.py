"""Which of our classes JavaScript gets objects of: it may reach their attributes by name, so these names stay."""

from __future__ import annotations

from collections.abc import Iterable

from build.compiler.symbols import ClassInfo
from build.compiler.types import JS, ClassT, InstanceT, Type, UnionT, inside


class Exposure:
    """Filled while types are inferred; `classes` are known when inference is done."""

    def __init__(self) -> None:
        self.classes: set[ClassInfo] = set()
        self.stands: dict[ClassInfo, set[ClassInfo]] = {}  # objects of a class for those of protocols
        self.kinds: set[tuple[ClassInfo, ClassInfo]] = set()  # a class for another

    def add(self, kind: Type) -> None:
        """A value of this type crosses, either way."""
        if isinstance(kind, InstanceT | ClassT) and kind.cls.node is not None:
            self.classes.add(kind.cls)
        for inner in inside(kind):
            self.add(inner)

    def flow(self, source: Type, target: Type) -> None:
        """A `source` goes where `target` is declared."""
        if source == target:
            return
        if isinstance(source, InstanceT) and isinstance(target, InstanceT) and target.cls.is_protocol:
            self.stands.setdefault(source.cls, set()).add(target.cls)
        if isinstance(source, ClassT) and isinstance(target, ClassT) and None not in (source.cls.node, target.cls.node):
            self.kinds.add((source.cls, target.cls))
        if JS in (source, target):
            self.add(target if source == JS else source)
        elif isinstance(target, UnionT):
            for member in target.members:
                self.flow(source, member)
        elif isinstance(source, UnionT):
            for member in source.members:
                self.flow(member, target)
        elif type(source) is type(target):
            for inner, outer in zip(inside(source), inside(target), strict=False):
                self.flow(inner, outer)

    def protocols(self, cls: ClassInfo) -> set[ClassInfo]:
        """Those that an object of this class, or of one below or above it, is passed for."""
        related = [other for other in self.stands if cls in other.family() or other in cls.family()]
        found: set[ClassInfo] = set()
        while len(related) > 0:
            ahead = self.stands.get(related.pop(), set()) - found
            found |= ahead
            related += ahead
        return found

    def gathered(self, whole: Type, parts: Iterable[Type]) -> None:
        """A choice or a display of `parts`: one type for all of them may be JavaScript's where some are ours."""
        for part in parts:
            self.flow(part, whole)

"""What classes must bring along because somewhere it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from build.compiler.annotations import Annotations
from build.compiler.symbols import ClassInfo
from build.compiler.types import ANY, OBJECT, InstanceT, Type, VarT, members, parts_of


@dataclass
class Needs:
    """Which classes need a generated `==`, repr or name somewhere in the program."""

    annotations: Annotations
    equality: set[ClassInfo] = field(default_factory=set)
    repr: set[ClassInfo] = field(default_factory=set)
    nothing: set[Type] = field(default_factory=set)  # results of callables that may be functions without one
    names: bool = False
    any_equality: bool = False
    any_repr: bool = False

    def need_equality(self, kind: Type) -> None:
        self._need(kind, self.equality, set(), equality=True)

    def need_repr(self, kind: Type) -> None:
        self._need(kind, self.repr, set(), equality=False)

    def _need(self, kind: Type, into: set[ClassInfo], seen: set[ClassInfo], equality: bool) -> None:
        for member in members(kind):
            if member in (OBJECT, ANY) or isinstance(member, VarT):
                if equality:
                    self.any_equality = True
                else:
                    self.any_repr = True
            for part in parts_of(member):
                self._need(part, into, seen, equality)
            if isinstance(member, InstanceT):
                self._need_class(member.cls, into, seen, equality)

    def _need_class(self, cls: ClassInfo, into: set[ClassInfo], seen: set[ClassInfo], equality: bool) -> None:
        if cls in seen:
            return
        seen.add(cls)
        if cls.is_protocol:
            self.any_equality = self.any_equality or equality
            self.any_repr = self.any_repr or not equality
        for other in [cls, *self.annotations.modules.heirs(cls)]:
            into.add(other)
            for item in other.dataclass_fields() if other.is_dataclass else []:
                owner = other.module
                if owner is not None and item.annotation is not None:
                    self._need(self.annotations.type_of(item.annotation, owner, quiet=True), into, seen, equality)

"""Methods and constructors that stand for others: a keyword becomes a place, so both must have it at the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from build.compiler.infer.attributes import field_type
from build.compiler.infer.constructor_types import constructor_type
from build.compiler.infer.context import Context
from build.compiler.infer.iteration import function_type
from build.compiler.infer.mistakes import forgets, holds_float, mistaken
from build.compiler.program import Program
from build.compiler.symbols import ClassInfo, FunctionInfo
from build.compiler.types import ANY, FunctionT, Param, Type, members


def check_overrides(program: Program, peers: Mapping[str, Context]) -> None:
    """Run when all types are known; `peers` are what was inferred, by module."""
    for cls in program.modules.all_classes():
        protocols = sorted(program.exposure.protocols(cls), key=lambda other: other.name)
        for base in [*cls.family()[1:], *protocols]:
            for own, other in _pairs(cls, base):
                if not keeps_places(_params(own, peers), _params(other, peers)):
                    _refuse(own, cls, base, peers)
                _check_moved(own.node, _type(own, peers), _type(other, peers), own.module.name, peers)
            _check_fields(cls, base, peers)
    for cls, base in sorted(program.exposure.kinds, key=lambda pair: (pair[0].name, pair[1].name)):
        made, wanted = (constructor_type(kind, peers[_home(kind)]).params or () for kind in (cls, base))
        init = cls.find_method("__init__")
        if init is not None and not keeps_places(made, wanted):
            _refuse(init, cls, base, peers)


def _type(info: FunctionInfo, peers: Mapping[str, Context]) -> FunctionT:
    return function_type(info, peers[info.module.name])


def _params(info: FunctionInfo, peers: Mapping[str, Context]) -> tuple[Param, ...]:
    return _type(info, peers).params or ()


def _check_moved(node: ast.AST, own: Type, other: Type, home: str, peers: Mapping[str, Context]) -> None:
    code = mistaken(own, other, peers[home])
    if code != "":
        peers[home].refuse(code, node)
    elif forgets(own, other, peers[home]):
        peers[home].refuse("CW078", node, type=own, target=other)


def _check_fields(cls: ClassInfo, base: ClassInfo, peers: Mapping[str, Context]) -> None:
    """An attribute stands for that of the base too, and either of them may be a property."""
    for name in {**base.fields, **{name: None for name, info in base.methods.items() if info.kind == "getter"}}:
        own, other = _attribute(cls, name, peers), _attribute(base, name, peers)
        if own is not None and other is not None and own[0] is not other[0]:
            _check_moved(own[0], own[1], other[1], own[2], peers)
            if name in base.fields and ANY in members(other[1]) and holds_float(own[1]):
                peers[own[2]].refuse("CW078", own[0], type=own[1], target=other[1])


def _attribute(cls: ClassInfo, name: str, peers: Mapping[str, Context]) -> tuple[ast.AST, Type, str] | None:
    """Where an attribute is declared, its type and its module."""
    for owner in cls.family():
        item, info = owner.fields.get(name), owner.methods.get(name)
        if item is not None and owner.module is not None:
            return item.node, field_type(owner, item, peers[owner.module.name]), owner.module.name
        if info is not None and info.kind == "getter":
            return info.node, _type(info, peers).result, info.module.name
    return None


def _refuse(info: FunctionInfo, cls: ClassInfo, base: ClassInfo, peers: Mapping[str, Context]) -> None:
    peers[info.module.name].refuse("CW045", info.node, name=info.name, cls=cls.name, base=base.name)


def _home(cls: ClassInfo) -> str:
    assert cls.module is not None
    return cls.module.name


def _pairs(cls: ClassInfo, base: ClassInfo) -> Iterator[tuple[FunctionInfo, FunctionInfo]]:
    """Methods of an object of `cls`, and those of `base` that they stand for; what a base holds is checked there."""
    for name, other in base.methods.items():
        own = cls.methods.get(name) or (cls.find_method(name) if base.is_protocol else None)
        if own is not None and own is not other and name != "__init__":
            yield own, other


def keeps_places(own: tuple[Param, ...], other: tuple[Param, ...]) -> bool:
    """Does each argument for `other`, given by place or by its name, arrive where `own` has that name?"""
    names = [param.name for param in own]
    if any(param.is_rest for param in (*own, *other)) and own != other:
        return False
    for index, param in enumerate(other):
        at = names.index(param.name) if param.name in names else -1
        if at != index and (at >= 0 or param.kw_only):
            return False
    return True

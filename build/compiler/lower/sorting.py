"""sort and sorted: by JavaScript's own `<` where it orders the keys."""

from __future__ import annotations

import ast

from build.compiler import builders as b
from build.compiler.lower.calls import Calls
from build.compiler.nodes import Array, Arrow, Binary, Id, Js, Spread
from build.compiler.types import BYTES, INT, STR, FunctionT, Type


class Sorting(Calls):
    """`sort` in place, `sorted` anew."""

    def sort(self, node: ast.Call, value: Js, item: Type) -> Js:
        if len(node.keywords) == 0 and item == INT:
            return b.method(value, "sort", self._rising())
        key = self._plain_key(node, item)
        return self.help("sort", value, *self._ordering(node)) if key is None else self.help("sortBy", value, key)

    def sorted(self, node: ast.Call, source: Js, item: Type) -> Js:
        if len(node.keywords) == 0 and item == INT:
            return b.method(Array([Spread(source)]), "sort", self._rising())
        key = self._plain_key(node, item)
        return self.help("sorted", source, *self._ordering(node)) if key is None else self.help("sortedBy", source, key)

    def _rising(self) -> Js:
        one, other = Id(self.fresh("one")), Id(self.fresh("other"))
        return b.arrow([one, other], Binary("-", one, other))

    def _plain_key(self, node: ast.Call, item: Type) -> Js | None:
        """What gives, for an item, something that `<` orders as Python orders the keys; None where nothing is known."""
        if any(keyword.arg != "key" for keyword in node.keywords):
            return None
        if len(node.keywords) == 0:
            return self.helper("ordered") if item == STR else self.helper("toHex") if item == BYTES else None
        key = node.keywords[0].value
        kind = self.t(key)
        result = kind.result if isinstance(kind, FunctionT) else None
        if result == INT:
            return self.function_value(key)
        if result not in (STR, BYTES):
            return None
        change = "ordered" if result == STR else "toHex"
        if isinstance(key, ast.Name):
            it = Id(self.fresh("it"))
            return b.arrow([it], self.help(change, b.call(self.expr(key), it)))
        function = self.expr(key) if isinstance(key, ast.Lambda) else None
        if isinstance(function, Arrow) and isinstance(function.body, Js):
            return b.arrow(function.params, self.help(change, function.body))
        return None

    def _ordering(self, node: ast.Call) -> list[Js]:
        """key and reverse of sort and sorted, as far as given."""
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        key = given.get("key")
        reverse = given.get("reverse")
        if key is None and reverse is None:
            return []
        first = b.NULL if key is None or isinstance(key, ast.Constant) else self.function_value(key)
        return [first] if reverse is None else [first, self.expr(reverse)]

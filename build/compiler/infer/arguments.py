"""Arguments against the parameters of a signature."""

from __future__ import annotations

import ast

from build.compiler.infer.attributes import Attributes
from build.compiler.infer.generics import Answers, hint, solve, substitute
from build.compiler.infer.shapes import confuses, fits
from build.compiler.symbols import ClassInfo
from build.compiler.types import ANY, ClassT, CoroutineT, DictT, FunctionT, ListT, Param, SetT, Type, members


class Arguments(Attributes):
    """`apply` gives the type of the result."""

    def constructor_type(self, cls: ClassInfo) -> FunctionT:
        raise NotImplementedError

    def check_js(self, node: ast.expr) -> None:
        """What crosses into JavaScript must mean the same there."""
        for member in members(self.types.get(node, ANY)):
            if isinstance(member, DictT | ListT | SetT) or str(member) == "bytes":
                self.refuse("CW075", node, type=member)
            elif isinstance(member, CoroutineT):
                self.refuse("CW056", node)
            self.program.exposure.add(member)

    def _arguments(self, node: ast.Call) -> None:
        for argument in node.args:
            self.expr(argument.value if isinstance(argument, ast.Starred) else argument)
        for keyword in node.keywords:
            self.expr(keyword.value)

    def apply(self, node: ast.Call, callee: FunctionT, answers: Answers | None = None) -> Type:
        """Match arguments with parameters; solves type variables on the way."""
        answers = dict(answers or {})
        if callee.params is None:
            self._arguments(node)
            return callee.result
        matched = self.match(node, callee)
        for param, argument in matched:
            self._argument(node, param, argument, answers, callee.is_built_in)
        self.check_answers(node, answers)
        return substitute(callee.result, answers)

    def check_answers(self, node: ast.Call, answers: Answers) -> None:
        """What stands for a type variable is a key where that is one, and compares with itself as in Python."""
        for variable, answer in answers.items():
            is_key = variable in self.program.annotations.key_variables
            if is_key and not self.program.annotations.good_key(answer, by_value=False):
                self.refuse("CW059", node, type=answer)
            elif confuses(answer, answer):
                self.refuse("CW078", node, type=answer, target=f"type variable {variable}")

    def _argument(
        self, node: ast.Call, param: Param, argument: ast.expr, answers: Answers, is_built_in: bool = False
    ) -> None:
        expected = substitute(param.type, answers)
        if isinstance(argument, ast.Starred):
            self._spread(param, argument, answers)
            return
        if isinstance(expected, CoroutineT):
            if isinstance(argument, ast.Call) and self.is_spawn(node):
                self.coroutine_ok.add(argument)
            self.coercions[argument] = "coroutine"
        given = self.expr(argument, hint(expected))
        if isinstance(given, CoroutineT) and not isinstance(expected, CoroutineT) and expected != ANY:
            self.refuse("CW056", argument)
        solve(param.type, self.constructor_type(given.cls) if isinstance(given, ClassT) else given, answers)
        self.note_nothing(given, param.type)
        wanted = substitute(param.type, answers)
        if is_built_in and not fits(given, wanted):
            detail = f"{given} as `{param.name}`"
            self.refuse("CW068", argument, name=_name_of(node), detail=detail, advice=f"it takes {wanted}")
        self.flow_into(argument, given, wanted)

    def _spread(self, param: Param, argument: ast.Starred, answers: Answers) -> None:
        """Each item of an iterable is one of the arguments that are left."""
        kind = self.expr(argument.value)
        if isinstance(kind, DictT):
            self.coercions[argument.value] = "keys"
        item = self.iterate(argument.value, kind)
        solve(param.type, item, answers)
        self.flow_into(argument.value, item, substitute(param.type, answers))

    def match(self, node: ast.Call, callee: FunctionT) -> list[tuple[Param, ast.expr]]:
        """Pairs of parameter and argument; `bound` gets the arguments in the order of the parameters."""
        params = callee.params or ()
        name = callee.name or _name_of(node)
        places: list[ast.expr | None] = [None] * len(params)
        positional = [index for index, param in enumerate(params) if not param.kw_only]
        rest = callee.rest
        last = len(params) - 1
        more: list[ast.expr] = []
        for index, argument in enumerate(node.args):
            if rest is not None and index >= last:
                more.append(argument)
                continue
            if isinstance(argument, ast.Starred):
                self.refuse("CW040", argument)
                continue
            if index >= len(positional):
                self.refuse("CW058", argument, name=name, detail="too many")
                self.expr(argument)
                continue
            places[positional[index]] = argument
        for keyword in node.keywords:
            self._keyword(keyword, callee, places, name)
        for index, param in enumerate(params):
            if places[index] is None and not param.has_default:
                self.refuse("CW058", node, name=name, detail=f"`{param.name or index + 1}` is missing")
        if rest is not None:
            places[last:] = more
        while len(places) > 0 and places[-1] is None:
            places.pop()
        self.bound[node] = places
        pairs = [(param, place) for param, place in zip(params, places, strict=False) if place is not None]
        return pairs if rest is None else [*pairs, *((rest, place) for place in more[1:])]

    def _keyword(self, keyword: ast.keyword, callee: FunctionT, places: list[ast.expr | None], name: str) -> None:
        if not callee.visible:
            self.refuse("CW057", keyword.value)
            return
        index = next(
            (i for i, param in enumerate(callee.params or ()) if param.name == keyword.arg and not param.by_place), None
        )
        if index is None:
            self.refuse("CW058", keyword.value, name=name, detail=f"it has no `{keyword.arg}`")
            self.expr(keyword.value)
        elif places[index] is not None:
            self.refuse("CW058", keyword.value, name=name, detail=f"`{keyword.arg}` is given twice")
        else:
            places[index] = keyword.value


def _name_of(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)

"""How tightly JavaScript nodes hold together, and which ones may not begin a statement."""

from __future__ import annotations

from build.compiler import nodes as n

# From loose to tight.
ORDER_TEXT = "?? ||; &&; |; ^; &; === !== == !=; < > <= >= instanceof in; << >> >>>; + -; * / %; **"
ORDER = enumerate(ORDER_TEXT.split("; "), start=4)
PRECEDENCE = {operator: level for level, words in ORDER for operator in words.split()}
UNARY, POSTFIX = 15, 18
ASSIGN, COND, PRIMARY = 2, 3, 20
LEVELS: dict[type[n.Js], int] = {
    n.Sequence: 1,
    **dict.fromkeys((n.Assign, n.Arrow, n.Yield, n.Spread), ASSIGN),
    n.Cond: COND,
    **dict.fromkeys((n.Unary, n.Await), UNARY),
    **dict.fromkeys((n.Call, n.Member, n.Index, n.New), POSTFIX),
}


def precedence(node: n.Js) -> int:
    """How tightly a node holds together; lower ones need parentheses inside higher ones."""
    return PRECEDENCE[node.operator] if isinstance(node, n.Binary) else LEVELS.get(type(node), PRIMARY)


def starts_badly(node: n.Js) -> bool:
    """Would this, as a statement, be read as a block, function or declaration?"""
    while True:
        if isinstance(node, n.Object | n.Function) or (
            isinstance(node, n.Assign) and isinstance(node.target, n.Object)
        ):
            return True
        if isinstance(node, n.Call):
            node = node.callee
            if isinstance(node, n.Function):
                return False
        elif isinstance(node, n.Member | n.Index):
            node = node.object
        elif isinstance(node, n.Binary):
            node = node.left
        elif isinstance(node, n.Cond):
            node = node.test
        else:
            return False


def has_call(node: n.Js) -> bool:
    while isinstance(node, n.Member | n.Index):
        node = node.object
    return isinstance(node, n.Call)

"""What a test of unittest asserts, as statements that print what there is to compare."""

from __future__ import annotations

import ast

from tests.strangers.units import Unit

COMPARED = {
    "assertEqual": "==",
    "assertEquals": "==",
    "assertNotEqual": "!=",
    "assertIs": "is",
    "assertIsNot": "is not",
    "assertIn": "in",
    "assertNotIn": "not in",
    "assertLess": "<",
    "assertLessEqual": "<=",
    "assertGreater": ">",
    "assertGreaterEqual": ">=",
    **dict.fromkeys(
        (
            *("assertListEqual", "assertTupleEqual", "assertDictEqual", "assertSetEqual", "assertSequenceEqual"),
            *("assertTypedEqual", "assertFloatsAreIdentical", "assertAlmostEqual", "assertMultiLineEqual"),
            *("assertCountEqual", "checkequalnofix", "assertEqualDict"),
        ),
        "==",
    ),
}
ALONE = {
    "assertTrue": "{0}",
    "assertFalse": "not {0}",
    "assertIsNone": "{0} is None",
    "assertIsNotNone": "{0} is not None",
    "assertIsInstance": "isinstance({0}, {1})",
    "assertNotIsInstance": "not isinstance({0}, {1})",
}
# CPython's answers to a wrong type and to a name that was never assigned: the page says that these are left to mypy.
LEFT_OUT = {"TypeError", "AttributeError", "NameError", "UnboundLocalError"}


def asserted(call: ast.Call, label: str) -> Unit | None:
    """What `self.assert...(...)` compares, or None when it is no assertion that we know."""
    if not isinstance(call.func, ast.Attribute) or any(isinstance(item, ast.Starred) for item in call.args):
        return None
    name, args = call.func.attr, [ast.unparse(item) for item in call.args]
    if name == "assertShown":
        return _shown(label, args[0])
    if name == "checkequal" and len(args) >= 3:
        return _equal(label, _method(call.args[1:], call.keywords), args[0])
    if name == "checkcall" and len(args) >= 2:
        return _shown(label, _method(call.args, call.keywords))
    if name == "checkraises" and len(args) >= 3:
        return _raised(label, args[0], _method(call.args[1:], call.keywords))
    if name == "assertRaises" and len(args) >= 2:
        return _raised(label, args[0], _called(call.args[1], call.args[2:], call.keywords))
    if name in COMPARED and len(args) >= 2:
        return _equal(label, args[0], args[1], COMPARED[name])
    if name in ALONE and len(args) >= ALONE[name].count("{"):
        return Unit(_forms(label, ALONE[name].format(*args), f"bool({args[0]})"), label=label)
    return None


def raising(error: ast.expr, label: str, body: list[Unit]) -> Unit | None:
    """What `with self.assertRaises(error)` compares."""
    named = _errors(error)
    if named == "":
        return None
    said = [Unit([[f"print({label!r}, 'raised')"]])]
    missing = Unit([[f"print({label!r}, 'did not raise')"]])
    return Unit(heads=["try:", f"except {named}:"], blocks=[[*body, missing], said], label=label)


def _equal(label: str, got: str, wanted: str, operator: str = "==") -> Unit:
    forms = _forms(label, f"{got} {operator} {wanted}")
    if operator == "==":
        one, other = (f"{side}_{label.replace(':', '_')}" for side in ("got", "wanted"))
        shown = f"print({label!r}, repr({one}), repr({other}), {one} == {other})"
        forms = [[f"{one} = {got}", f"{other} = {wanted}", shown], *forms, *_forms(label, got)]
    return Unit(forms, label=label)


def _shown(label: str, got: str) -> Unit:
    return Unit(_forms(label, got), label=label)


def _raised(label: str, error: str, called: str) -> Unit | None:
    named = _errors(ast.parse(error, mode="eval").body)
    if named == "" or called == "":
        return None
    ends = [f"except {named}:", f"    print({label!r}, 'raised')"]
    return Unit(
        [
            ["try:", f"    print({label!r}, repr({called}))", *ends],
            ["try:", f"    {called}", f"    print({label!r}, 'did not raise')", *ends],
        ],
        label=label,
    )


def _forms(label: str, *expressions: str) -> list[list[str]]:
    return [[f"print({label!r}, repr({expression}))"] for expression in expressions]


def _method(args: list[ast.expr], keywords: list[ast.keyword]) -> str:
    """`object, "name", *arguments` as a call."""
    name = args[1]
    value = name.value if isinstance(name, ast.Constant) else None
    value = value.decode() if isinstance(value, bytes) else value
    if not isinstance(value, str) or not value.isidentifier():
        return ""
    return _called(ast.Attribute(args[0], value, ast.Load()), args[2:], keywords)


def _called(func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]) -> str:
    if isinstance(func, ast.Lambda) and len(args) == 0 and len(func.args.args) == 0:
        return ast.unparse(func.body)
    return ast.unparse(ast.Call(func, args, keywords))


def _errors(error: ast.expr) -> str:
    """The exceptions by name, "" for those that are left out and for what is no plain name."""
    names = [ast.unparse(item) for item in (error.elts if isinstance(error, ast.Tuple) else [error])]
    plain = all(name.isidentifier() for name in names) and len(names) > 0
    return ast.unparse(error) if plain and LEFT_OUT.isdisjoint(names) else ""

"""What may be drawn: elements and attributes, by name. The names stand in the source, so they are read there.

No event handler, no style, nothing that holds markup. Addresses are looked at when they are drawn: tests/browser.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.looks import SCREENS
from tests.fakes.screen import walk
from widget.ui.view import attributes

WIDGET = Path(__file__).parents[3] / "widget"
TAGS = {
    "a", "article", "aside", "bdi", "button", "div", "fieldset", "form", "h2", "h3", "header", "img", "input",
    "label", "legend", "li", "p", "path", "section", "span", "svg", "textarea", "time", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "alt", "autocomplete", "autofocus", "checked", "d", "data-code", "data-jump", "data-text", "datetime",
    "dir", "enterkeyhint", "for", "height", "href", "id", "inputmode", "loading", "maxlength", "name", "novalidate",
    "placeholder", "referrerpolicy", "rel", "required", "role", "rows", "spellcheck", "src", "tabindex", "target",
    "title", "type", "value", "viewBox", "width",
    "aria-describedby", "aria-disabled", "aria-expanded", "aria-hidden", "aria-invalid", "aria-label", "aria-live",
}  # fmt: skip
NODE = {"tag": 0, "attrs": 3}
# Functions that hand attributes on: which argument.
HANDED_ON = {"field": 3, "search": 3}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for folder in ("ui", "browser"):
        for path in sorted((WIDGET / folder).glob("*.py")):
            yield path.name, ast.parse(path.read_text("utf-8"))


def calls(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
            assert node.keywords == [], ast.unparse(node)
            yield node


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def names_in(given: ast.expr, scope: ast.FunctionDef) -> Iterator[str]:
    """The names in a list of attributes; what is spread into it or stands in a variable is followed in the function."""
    if isinstance(given, ast.Name):
        if given.id in [parameter.arg for parameter in scope.args.args]:
            assert scope.name in HANDED_ON, f"{scope.name} hands attributes on"
            return
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == given.id:
                yield from names_in(node.value, scope)
        return
    assert isinstance(given, ast.List), ast.unparse(given)
    place = 0
    for item in given.elts:
        if isinstance(item, ast.Starred):
            assert place % 2 == 0, ast.unparse(given)
            yield from names_in(item.value, scope)
            continue
        if place % 2 == 0:
            assert isinstance(item, ast.Constant), ast.unparse(given)
            yield str(item.value)
        place += 1
    assert place % 2 == 0, ast.unparse(given)


def drawn_attributes(tree: ast.Module) -> Iterator[str]:
    for scope in functions(tree):
        for name, place in [("Node", NODE["attrs"]), *HANDED_ON.items()]:
            for call in calls(ast.Module(scope.body, []), name):
                if len(call.args) > place:
                    yield from names_in(call.args[place], scope)


def test_every_element_is_one_that_may_be_drawn() -> None:
    found = [(name, call.args[NODE["tag"]]) for name, tree in sources() for call in calls(tree, "Node")]
    literal = {(name, tag.value) for name, tag in found if isinstance(tag, ast.Constant)}
    assert {tag for _, tag in literal} == TAGS
    # The DOM makes an empty element first.
    assert [(name, ast.unparse(tag)) for name, tag in found if not isinstance(tag, ast.Constant)] == [
        ("dom.py", "node.tag")
    ]


def test_every_attribute_is_one_that_may_be_drawn() -> None:
    assert {attribute for _, tree in sources() for attribute in drawn_attributes(tree)} == ATTRIBUTES


def test_elements_of_one_place_have_the_same_names_in_the_same_order() -> None:
    """None is what is not set, so no list of attributes is made longer by a condition."""
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.AugAssign) or (
                isinstance(node, ast.Call) and ast.unparse(node.func) == "attrs.append"
            ):
                assert "attrs" not in ast.unparse(node), f"{name}: {ast.unparse(node)}"


@pytest.mark.parametrize("name", SCREENS)
def test_the_screens_have_nothing_else(name: str) -> None:
    for node in walk(SCREENS[name]()):
        assert node.tag in TAGS
        assert set(attributes(node)) - {"class"} <= ATTRIBUTES
        assert len(node.attrs) % 2 == 0

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

pytestmark = pytest.mark.no_cover

WIDGET = Path(__file__).parents[3] / "widget"
TAGS = {
    "a", "article", "aside", "bdi", "button", "code", "div", "fieldset", "form", "h2", "h3", "header", "img", "input",
    "label", "legend", "li", "option", "p", "path", "section", "select", "span", "svg", "textarea", "time", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "alt", "autocapitalize", "autocomplete", "autofocus", "checked", "class", "d", "data-at", "data-code", "data-layer",
    "data-moving", "data-row", "data-rows", "data-still", "data-text", "data-time", "data-waits", "datetime",
    "decoding", "dir", "enterkeyhint", "for", "height", "href", "id", "inert", "inputmode", "key", "loading",
    "maxlength", "name", "novalidate", "part", "placeholder", "px100", "referrerpolicy", "rel", "required", "role",
    "rows", "selected", "sizes", "spellcheck", "tabindex", "target", "title", "type", "value", "viewBox", "width",
    "aria-activedescendant", "aria-autocomplete", "aria-controls", "aria-describedby", "aria-disabled",
    "aria-expanded", "aria-haspopup", "aria-hidden", "aria-invalid", "aria-label", "aria-live", "aria-modal",
    "aria-posinset", "aria-rowcount", "aria-rowindex", "aria-selected", "aria-setsize",
}  # fmt: skip
TAG, GIVEN = 0, 1  # places of arguments of h
# Functions that hand attributes on: which argument.
HANDED_ON = {"field": 3, "search": 3, "text_input": 0, "icon_button": 4, "self._list.view": 0, "self._stage.part": 2,
             "emote_stack": 4}  # fmt: skip


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
    """The names of attributes; what is spread into them or stands in a variable is followed in the function."""
    if isinstance(given, ast.Name):
        if given.id in [parameter.arg for parameter in scope.args.args]:
            assert scope.name in [name.split(".")[-1] for name in HANDED_ON], f"{scope.name} hands attributes on"
            return
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == given.id:
                yield from names_in(node.value, scope)
        return
    if ast.unparse(given).startswith("covered_if("):
        return  # its own dict is looked at in parts.py
    assert isinstance(given, ast.Dict), ast.unparse(given)
    for name, value in zip(given.keys, given.values, strict=True):
        if name is None:
            yield from names_in(value, scope)
        else:
            assert isinstance(name, ast.Constant), ast.unparse(given)
            yield str(name.value)


def drawn_attributes(tree: ast.Module) -> Iterator[str]:
    for scope in functions(tree):
        if scope.name == "covered_if":
            yield from names_in(scope.body[-1].value, scope)  # type: ignore[attr-defined]
        for name, place in [("h", GIVEN), *HANDED_ON.items()]:
            for call in calls(ast.Module(scope.body, []), name):
                if len(call.args) > place:
                    yield from names_in(call.args[place], scope)


def test_every_element_is_one_that_may_be_drawn() -> None:
    found = [(name, call.args[TAG]) for name, tree in sources() for call in calls(tree, "h")]
    literal = {(name, tag.value) for name, tag in found if isinstance(tag, ast.Constant)}
    assert {tag for _, tag in literal} == TAGS
    # The DOM makes an empty element first.
    assert [(name, ast.unparse(tag)) for name, tag in found if not isinstance(tag, ast.Constant)] == [
        ("elements.py", "node.tag")
    ]


def test_every_attribute_is_one_that_may_be_drawn() -> None:
    assert {attribute for _, tree in sources() for attribute in drawn_attributes(tree)} == ATTRIBUTES


@pytest.mark.parametrize("name", SCREENS)
def test_the_screens_have_nothing_else(name: str) -> None:
    for node in walk(SCREENS[name]()):
        assert node.tag in TAGS
        assert set(attributes(node)) <= ATTRIBUTES

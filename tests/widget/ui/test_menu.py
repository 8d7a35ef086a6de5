"""The items of a menu: what they are to a screen reader, and which of them cannot be undone."""

from tests.fakes.core import person
from tests.fakes.screen import by_class
from tests.widget.ui.people import as_a
from widget.ui.view import attributes


def test_items_are_reached_with_arrows_and_not_with_tab() -> None:
    someone = as_a("host", person("Dana"))
    someone.click("More for Dana")
    items = [attributes(item) for item in by_class(someone.screen, "cw-item")]
    assert len(items) == 3
    assert {(item["role"], item["tabindex"], item["type"]) for item in items} == {("menuitem", "-1", "button")}


def test_what_cannot_be_undone_looks_so() -> None:
    someone = as_a("host", person("Dana"))
    someone.click("More for Dana")
    assert ["cw-item-danger" in attributes(item)["class"] for item in by_class(someone.screen, "cw-item")] == [
        False, False, True,
    ]  # fmt: skip

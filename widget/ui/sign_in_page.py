"""A page of signing in: the owl, what it is about, and a form."""

from __future__ import annotations

from collections.abc import Sequence

from widget.ui.icons import owl
from widget.ui.view import Handler, Node, h, listen

NO_FIELDS = ("site", "solving")


def sign_in_page(
    key: str, title: str, lead: Sequence[Node | str], rows: Sequence[Node], submit: Handler, end: Sequence[Node] = ()
) -> Node:
    """`end` stands below the form. Where there is no field the title takes the focus."""
    heading = {"class": "cw-title", "tabindex": "-1", "autofocus": "" if key in NO_FIELDS else None}
    words = [h("h2", heading, [title]), h("p", {"class": "cw-lead"}, lead)]
    head = h("div", {"class": "cw-auth-head"}, [owl(), *words])
    form = h("form", {"class": "cw-form", "novalidate": ""}, rows, listen("submit", submit))
    return h("div", {"class": "cw-auth", "key": key}, [head, form, *end])

"""What may be drawn: elements, attributes and addresses. Everything else is a mistake of ours and raises."""

from __future__ import annotations

from widget.browser import js

SVG_TAGS = ("svg", "path", "circle")
TAGS: set[str] = {
    "a", "article", "aside", "bdi", "button", "div", "fieldset", "form", "h2", "h3", "header", "img", "input",
    "label", "legend", "li", "p", "section", "span", "textarea", "time", "ul",
}  # fmt: skip
# Read by the DOM itself, see widget/ui/view.py.
OWN = ("autofocus", "data-anchor", "data-jump")
ATTRIBUTES: set[str] = {
    "alt", "autocomplete", "class", "cx", "cy", "d", "datetime", "dir", "disabled", "enterkeyhint", "focusable",
    "height", "hidden", "id", "inputmode", "lang", "loading", "maxlength", "name", "novalidate", "placeholder", "r",
    "referrerpolicy", "rel", "required", "role", "rows", "spellcheck", "tabindex", "target", "title", "type",
    "viewBox", "width",
}  # fmt: skip


def allowed(name: str) -> bool:
    """No event handler, no style, nothing that holds markup."""
    return name in ATTRIBUTES or name.startswith("aria-") or name.startswith("data-")


def safe_url(address: str) -> bool:
    """Whether the browser itself reads an absolute http or https address."""
    try:
        protocol = str(js.new(js.window.URL, address).protocol)
    except Exception:
        return False
    return protocol == "https:" or protocol == "http:"

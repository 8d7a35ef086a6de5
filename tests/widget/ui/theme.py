"""The colours of the themes as the stylesheet has them, and WCAG's contrast between two."""

from __future__ import annotations

import re
from pathlib import Path

STYLES = Path(__file__).parents[3] / "widget" / "styles"
TOKEN = re.compile(r"^  --([\w-]+): (.+);$", re.M)
COLOUR = re.compile(r"#[0-9a-f]{3,6}")


def rule(file: str, selector: str) -> dict[str, str]:
    """Of the first rule with that selector: name without dashes -> what it is set to."""
    text = (STYLES / "themes" / file).read_text("utf-8")
    block = text.split(f"\n{selector} {{\n")[1].split("\n}")[0]
    return dict(TOKEN.findall(block + "\n"))


def colours(scheme: str, contrast: bool = False) -> dict[str, str]:
    """Name -> #rrggbb, where the site sets nothing. `scheme` is "light" or "dark"."""
    values = rule("colours.css", ".cw")
    if contrast:
        values |= rule("contrast.css", '.cw[data-theme="contrast"]')
    return {name: found for name in values if (found := _colour(values, name, scheme)) != ""}


def _colour(values: dict[str, str], name: str, scheme: str) -> str:
    """"" for what is no colour."""
    value = values[name]
    default = re.fullmatch(r"var\(--cw-[\w-]+, (.+)\)", value)
    value = value if default is None else default[1]
    own = re.search(rf"var\(--{scheme}, ([^)]+)\)", value)
    value = value if own is None else own[1]
    other = re.fullmatch(r"var\(--([\w-]+)\)", value)
    if other is not None:
        return _colour(values, other[1], scheme) if other[1] in values else ""
    return value if COLOUR.fullmatch(value) is not None else ""


def channels(colour: str) -> list[float]:
    """Red, green and blue, each 0 to 255."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return [int(digits[at : at + 2], 16) for at in (0, 2, 4)]


def over(above: list[float], opacity: float, below: list[float]) -> list[float]:
    """What is seen of two grounds, the upper one of which lets something through."""
    return [high * opacity + low * (1 - opacity) for high, low in zip(above, below, strict=True)]


def luminance(parts: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = [part / 255 for part in parts]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], other: list[float]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)

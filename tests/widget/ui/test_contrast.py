"""Colours of the themes against WCAG 2.2: 4.5:1 for text, 3:1 for what marks a control."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[3] / "widget" / "styles"
TEXT = [
    ("ink", "ground"), ("ink", "raised"), ("ink", "field"), ("ink", "mine"), ("ink", "mention"), ("ink", "alert"),
    ("soft", "ground"), ("soft", "raised"), ("soft", "field"), ("soft", "mine"), ("on-strong", "strong"),
    ("on-strong", "strong-hover"), ("link", "raised"), ("link", "mine"), ("warn", "ground"), ("bad", "ground"),
    ("bad", "alert"), ("on-toast", "toast"),
]  # fmt: skip
MARKS = [
    ("edge", "ground"),
    ("edge", "field"),
    ("focus", "ground"),
    ("focus", "raised"),
    ("good", "ground"),
    ("strong", "ground"),
]


def colours(theme: str) -> dict[str, str]:
    text = (STYLES / "themes" / f"{theme}.css").read_text("utf-8")
    return dict(re.findall(r"--cw-([\w-]+): (#[0-9a-f]{3,6});", text.split("@media")[0]))


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("above", "below"), TEXT)
def test_text_can_be_read(theme: str, above: str, below: str) -> None:
    assert contrast(colours(theme)[above], colours(theme)[below]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("above", "below"), MARKS)
def test_controls_can_be_seen(theme: str, above: str, below: str) -> None:
    assert contrast(colours(theme)[above], colours(theme)[below]) >= 3


def test_letters_on_the_rounds_can_be_read() -> None:
    text = (STYLES / "chat_message.css").read_text("utf-8")
    hues = re.findall(r"\.cw-hue-\d \{\s+background: (#[0-9a-f]{6});", text)
    assert len(hues) == 8
    assert min(contrast("#fff", hue) for hue in hues) >= 4.5


def test_both_themes_have_the_same_colours() -> None:
    assert set(colours("light")) == set(colours("dark"))


def test_the_visitors_own_choice_looks_like_the_option() -> None:
    text = (STYLES / "themes" / "dark.css").read_text("utf-8")
    option, choice = text.split("@media")
    values = re.compile(r"--cw-[\w-]+: [^;]+;")
    assert values.findall(option) == values.findall(choice)

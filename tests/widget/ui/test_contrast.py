"""Colours of the themes against WCAG 2.2: 4.5 : 1 for text, 3 : 1 for what marks a control, 7 : 1 in high contrast."""

from __future__ import annotations

import re

import pytest

from tests.widget.ui.theme import STYLES, channels, colours, contrast, over, rule

TEXT = [
    ("ink", "ground"), ("ink", "raised"), ("ink", "field-ground"), ("on-mine", "mine"), ("ink", "mention"),
    ("ink", "alert"), ("soft", "ground"), ("soft", "raised"), ("soft", "field-ground"), ("ink", "bubble"),
    ("link", "bubble"), ("on-strong", "strong"), ("warn", "ground"), ("bad", "ground"), ("bad", "alert"),
    ("ground", "bad"), ("on-toast", "toast"), ("on-header", "header"), ("header-soft", "header"),
    ("header-bad", "header"), ("header-on-strong", "header-strong"),
]  # fmt: skip
MARKS = [
    ("edge", "ground"), ("edge", "field-ground"), ("focus", "ground"), ("focus", "raised"), ("good", "ground"),
    ("warn", "ground"), ("strong", "ground"), ("header-strong", "header"),
]  # fmt: skip
HOVERED = [
    ("on-strong", "strong"),
    ("header-on-strong", "header-strong"),
    ("ink", "ground"),
    ("on-header", "header"),
    ("ground", "bad"),
]
SCHEMES = ["light", "dark"]
RGBA = re.compile(r"rgba\((\d+), (\d+), (\d+), ([\d.]+)\)")


def between(theme: dict[str, str], above: str, below: str) -> float:
    return contrast(channels(theme[above]), channels(theme[below]))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("above", "below"), TEXT)
def test_text_can_be_read(scheme: str, above: str, below: str) -> None:
    assert between(colours(scheme), above, below) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("above", "below"), TEXT)
def test_text_can_be_read_more_easily_in_high_contrast(scheme: str, above: str, below: str) -> None:
    assert between(colours(scheme, contrast=True), above, below) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize(("above", "below"), MARKS)
def test_controls_can_be_seen(scheme: str, high: bool, above: str, below: str) -> None:
    assert between(colours(scheme, high), above, below) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_in_high_contrast_every_line_can_be_seen(scheme: str) -> None:
    theme = colours(scheme, contrast=True)
    for line in ("line", "edge", "bubble-line"):
        assert between(theme, line, "ground") >= 7, line


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("above", "below"), HOVERED)
def test_what_the_pointer_is_on_can_be_read(scheme: str, above: str, below: str) -> None:
    veil = RGBA.search(rule("colours.css", ".cw")["veil"])
    assert veil is not None
    *grey, opacity = (float(part) for part in veil.groups())
    theme = colours(scheme)
    assert contrast(channels(theme[above]), over(grey, opacity, channels(theme[below]))) >= 4.5


def test_letters_on_the_rounds_can_be_read() -> None:
    text = (STYLES / "chat_message.css").read_text("utf-8")
    hues = re.findall(r"\.cw-hue-\d \{\s+--hue: (#[0-9a-f]{6});", text)
    assert len(set(hues)) == 8
    assert min(contrast(channels("#fff"), channels(hue)) for hue in hues) >= 4.5


def test_the_reader_who_asks_for_contrast_gets_what_the_option_gives() -> None:
    option, wish = (STYLES / "themes" / "contrast.css").read_text("utf-8").split("@media (prefers-contrast: more)")
    values = re.compile(r"--[\w-]+: [^;]+;")
    assert values.findall(option) == values.findall(wish) != []


def test_the_readers_own_choice_of_dark_looks_like_the_option() -> None:
    text = (STYLES / "themes" / "colours.css").read_text("utf-8")
    _, choice, option = re.split(r"@media \(prefers-color-scheme: dark\)|\n\.cw\[data-theme=\"dark\"\]", text)
    values = re.compile(r"(?:--[\w-]+|color-scheme):[^;]*;")
    assert values.findall(option) == values.findall(choice) == ["--light: ;", "--dark: initial;", "color-scheme: dark;"]

"""The stylesheet asks nothing of the oldest browsers that known.json does not say the way out of."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.baseline.compat import ROOT, find, missing_in

LISTED = json.loads(Path(__file__).with_name("known.json").read_text("utf-8"))["styles"]
STYLE = ROOT / "cdn_dist" / "v1.0.0" / "chat-widget.min.css"
DECLARATION = re.compile(r"(?<=[{;])\s*(?!--)([a-z-]+)\s*:\s*([^;{}]+)")
# MDN keeps these units together.
UNITS = {
    "cq": "container_query_length_units",
    "dv": "viewport_percentage_units_dynamic",
    "lv": "viewport_percentage_units_large",
    "sv": "viewport_percentage_units_small",
}
BLOCK = re.compile(r"\{[^{}]*\}")


def named(style: str) -> Iterator[str]:
    """Features by MDN's names; what it does not know is passed over, but for properties."""
    text = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    for name, value in DECLARATION.findall(text):
        yield f"css.properties.{name}"
        yield from (f"css.properties.{name}.{word}" for word in re.findall(r"[a-z-]+", value))
        yield from (f"css.types.{word}" for word in re.findall(r"([a-z-]+)\(", value))
        yield from (f"css.types.color.{word}" for word in re.findall(r"([a-z-]+)\(", value))
        yield from (f"css.types.length.{UNITS.get(unit[:2], unit)}" for unit in re.findall(r"\d([a-z]+)", value))
        if name.endswith("gap"):
            yield "css.properties.gap.flex_context"  # whether it is a grid's cannot be seen here
    yield from (f"css.selectors.{name}" for name in re.findall(r"::?([a-z-]+)", BLOCK.sub("{}", text)))
    for rule, rest in re.findall(r"@([a-z-]+)([^{;]*)", text):
        yield f"css.at-rules.{rule}"
        yield from (f"css.at-rules.{rule}.{name}" for name in re.findall(r"\(([a-z-]+)", rest))


def newer(style: str) -> set[str]:
    return {feature for feature in named(style) if find(feature) is not None and len(missing_in(feature)) > 0}


def test_what_is_newer_is_listed_and_nothing_else() -> None:
    assert sorted(newer(STYLE.read_text("utf-8"))) == sorted(LISTED)


def test_every_property_is_known() -> None:
    features = set(named(STYLE.read_text("utf-8")))
    properties = [feature for feature in features if re.fullmatch(r"css\.properties\.[a-z-]+", feature)]
    assert len(properties) > 50
    assert [name for name in properties if find(name) is None and ".-webkit-" not in name] == []


@pytest.mark.parametrize(
    ("style", "feature"),
    [
        ("a{aspect-ratio:1}", "css.properties.aspect-ratio"),
        ("a{display:flex;gap:1px}", "css.properties.gap.flex_context"),
        ("a{color:color-mix(in srgb,red,blue)}", "css.types.color.color-mix"),
        ("a{height:10dvh}", "css.types.length.viewport_percentage_units_dynamic"),
        ("a:has(b){}", "css.selectors.has"),
        ("@container (width>1px){a{color:red}}", "css.at-rules.container"),
        ("@layer a{b{color:red}}", "css.at-rules.layer"),
        ("a{inset-inline-end:0}", "css.properties.inset-inline-end"),
    ],
)
def test_a_newer_style_is_noticed(style: str, feature: str) -> None:
    assert feature in newer(style)

"""Components render to the same HTML."""

from __future__ import annotations

from widget.core.emotes import parse_emotes
from widget.model import EmoteData
from widget.ui.view import h, line, text, to_html
from widget.ui.when import When


def main() -> None:
    print(to_html(h("p", {"title": "\"><img src=x>"}, [text("<b>&'</b> 😀"), line("span", "sub", "x", "k")])))
    print(to_html(h("input", {"value": "a"}, [])), to_html(h("textarea", {"rows": "1", "value": "</textarea>"}, [])))
    for offset in [0, 330, -480]:
        when = When(offset, offset > 0)
        for iso in ["2026-02-28T23:30:00Z", "2024-02-29T00:05:00.000Z", "1999-12-31T12:00:00Z", "nonsense"]:
            print(when.minute(iso), when.time(iso), when.day(iso, 1772323200000))
    emotes = [EmoteData("1", "Kappa", "https://x/k", False, 28, 28, "7tv"), EmoteData("2", ":ok:", "https://x/o", True, 28, 28, "custom")]
    print(parse_emotes("hi Kappa, Kappa! :ok: kappa", emotes))

"""How tests start Chromium: as root, and without the calls that it makes for itself."""

from __future__ import annotations

QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",  # there is none, and to do without costs less than to play one
]
# Chromium draws its own buttons as pages: for each window of a test that would be a process more, which nobody looks
# at; and it keeps a process for a page that may come. The last five talk to services or look into the page.
OWN = (
    "InitialWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIReloadButton",
    "WebUIToolbar",
    "WebUISplitTabsButton",
    "WebUILocationBar",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "OptimizationHints",
    "MediaRouter",
    "Translate",
    "GlobalMediaControls",
    "LensOverlay",
)


def without(*features: str) -> str:
    """The flag that turns these off and what is Chromium's own. Of two such flags the last one counts."""
    return f"--disable-features={','.join((*OWN, *features))}"

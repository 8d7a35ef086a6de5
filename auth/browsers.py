"""Which browser on which system somebody has: in fixed words, so that nobody writes into what others read."""

from __future__ import annotations

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_and_system(user_agent: str) -> tuple[str, str]:
    """Each is "" where it is none that we know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return browser, next((name for mark, name in SYSTEMS if mark in user_agent), "")


def browser_of(user_agent: str) -> str:
    """In a sentence: "Firefox on Linux"."""
    browser, system = browser_and_system(user_agent)
    known = browser or "an unknown program"
    return f"{known} on {system}" if system else known

"""Names as people write them, and what the services and every member make of them."""

from __future__ import annotations

ZWJ, ZWNJ, VS16 = "\u200d", "\u200c", "\ufe0f"
STAY = [
    "Ada Lovelace",
    "Zoë",
    f"\u0dc1\u0dca{ZWJ}\u0dbb\u0dd3",  # Sinhala, sri
    f"\u0645\u06cc{ZWNJ}\u062e\u0648\u0627\u0647\u0645",  # Persian
    f"\u0930\u094d{ZWJ}\u092f\u093e\u092e",  # Nepali
    f"\u0915\u094d{ZWNJ}\u0937",  # Hindi
    f"\u09b0{ZWJ}\u09cd\u09af\u09be\u09ac",  # Bengali
    f"\u0d05\u0d35\u0d28\u0d4d{ZWJ}",  # Malayalam, at the end
    f"\u0d05\u0d35\u0d28\u0d4d{ZWJ} \u0d05",  # and before a space
    f"👨{ZWJ}👩{ZWJ}👧",
    f"👩🏽{ZWJ}❤{VS16}{ZWJ}💋{ZWJ}👨🏿",
    f"Ada ❤{VS16}",
    f"1{VS16}\u20e3",
    "\u1820\u180b",  # Mongolian, with a variation selector
    "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",  # Hebrew, with its points
    "\u0f67\u0f71\u0f74\u0f7e",  # Tibetan
]
CLEANED = [
    (f"A{ZWJ}d{ZWNJ}a", "Ada"),
    (f"{ZWJ}Ada{ZWNJ}", "Ada"),
    (f"A{VS16}da\U000e0061", "Ada"),
    (f"\u0645\u06cc{ZWNJ}{ZWNJ}\u062e", f"\u0645\u06cc{ZWNJ}\u062e"),
    (f"\u0645\u06cc{ZWNJ} \u062e", "\u0645\u06cc \u062e"),
    (f"\u0dc1\u0dca{ZWNJ}", "\u0dc1\u0dca"),
    (f"👨{ZWJ}", "👨"),
    (f"👨{ZWNJ}👩", "👨👩"),
    ("Ada \u200b Lovelace\u3000", "Ada Lovelace"),
    (f"\u2800\u3164\u115f\uffa0{ZWJ}{ZWNJ}{VS16}\u180e\U000e0020 \u200b\u2060\ufeff", ""),
    ("q" + "\u0301" * 50, "q" + "\u0301" * 4),
    ("\u05d0" + "\u0591" * 50, "\u05d0" + "\u0591" * 8),
]
NAMES = [*[(name, name) for name in STAY], *CLEANED]

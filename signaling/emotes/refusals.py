"""What emotes are refused with."""

from __future__ import annotations

from auth.problems import Kind

UNKNOWN = Kind("emotes.unknown", 404, "No such emotes", "Check the id of the emote, the set or the channel.")
OWNER = Kind(
    "emotes.token",
    401,
    "Not the owner's token",
    "Send `Authorization: Bearer` with a token of this site: `python -m signaling emotes token` makes one.",
)
NAME = Kind("emotes.name", 400, "Name does not fit", "Name it with 2 to 32 of the characters A-Z a-z 0-9 and _.")
TAKEN = Kind(
    "emotes.taken", 409, "Already there", "The site has an emote of this name or picture; remove it or use another."
)
FULL = Kind("emotes.full", 409, "Site has too many emotes", "Remove one of the site's emotes first.")
TOO_LARGE = Kind("emotes.bytes", 413, "File too large", "Choose a smaller file.")
FORMAT = Kind("emotes.format", 415, "No picture that can be used", "Use a PNG, GIF, WebP, JPEG or AVIF picture.")
BROKEN = Kind("emotes.broken", 422, "Picture is damaged", "The file ends early or cannot be read; save it anew.")
TAIL = Kind("emotes.tail", 422, "More than a picture", "The file goes on behind its picture; save it anew.")
PIXELS = Kind("emotes.pixels", 422, "Picture too large", "Make it smaller, or less long and narrow.")
FRAMES = Kind("emotes.frames", 422, "Too many frames", "Use an animation with fewer frames.")
EFFORT = Kind("emotes.effort", 422, "Picture costs too much work", "Make it smaller, or with fewer frames.")
HEAVY = Kind("emotes.heavy", 422, "Picture too detailed", "Use fewer frames or a simpler picture.")

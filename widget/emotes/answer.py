"""What the service says of a set of emotes, read strictly: an entry that is none is left out.

    {"set": id, "emotes": [{"id", "name", "width", "height", "animated", "zeroWidth", "author", "sizes"}, ...]}
"""

from __future__ import annotations

from typing import Any

from widget.errors import MALFORMED, CwError
from widget.model import EmoteData
from widget.wire.emote_ids import is_custom, is_seven_tv
from widget.wire.fields import bool_field, int_field, list_field, objects_field, parse_object, text_field
from widget.wire.names import clean_name

MAX_ANSWER_CHARS = 1048576
MAX_EMOTES = 2000
MAX_NAME_CHARS = 100
MAX_PX = 1024
USUAL_PX = 32
LARGEST = 4  # times the smallest


class Places:
    """Where pictures lie: `seven_tv` and `custom` are base URLs."""

    def __init__(self, seven_tv: str, custom: str) -> None:
        self.seven_tv: str = seven_tv
        self.custom: str = custom


def read_answer(answer: str, places: Places, is_own: bool) -> list[EmoteData] | None:
    """None where the service itself knows nothing now; CwError for what is no answer. The site's own set has no id."""
    data = parse_object(answer, MAX_ANSWER_CHARS)
    entries = objects_field(data, "emotes", MAX_EMOTES)
    if text_field(data, "set", MAX_NAME_CHARS) == "" and not is_own:
        return None
    found: list[EmoteData] = []
    for entry in entries:
        try:
            emote = _read_emote(entry, places)
        except CwError:
            continue
        found.append(emote)
    return found


def _read_emote(data: dict[str, Any], places: Places) -> EmoteData:
    name = text_field(data, "name", MAX_NAME_CHARS)
    emote_id = text_field(data, "id", MAX_NAME_CHARS)
    own = is_custom(emote_id)
    if not (own or is_seven_tv(emote_id)) or name == "" or " " in name or clean_name(name) != name:
        raise CwError(MALFORMED, "not an emote")
    return EmoteData(
        id=emote_id,
        name=name,
        url=f"{places.custom if own else places.seven_tv}/{emote_id}/1x.webp",
        animated="animated" in data and bool_field(data, "animated"),
        width=int_field(data, "width", 1, MAX_PX) if "width" in data else USUAL_PX,
        height=int_field(data, "height", 1, MAX_PX) if "height" in data else USUAL_PX,
        provider="custom" if own else "7tv",
        zero_width="zeroWidth" in data and bool_field(data, "zeroWidth"),
        author=clean_name(text_field(data, "author", MAX_NAME_CHARS)) if "author" in data else "",
        sizes=_sizes(data),
    )


def _sizes(data: dict[str, Any]) -> list[int]:
    """None are all that there can be."""
    given = list_field(data, "sizes", LARGEST) if "sizes" in data else []
    return [n for n in range(1, LARGEST + 1) if n in given]

"""What a person reports from the minified script leads back to the Python it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.browser.conftest import Arrive
from tests.browser.person import Person
from tests.fakes.maps import decode_map, place_of

FRAME = re.compile(r"(https?://[^\s()]+\.min\.js):(\d+):(\d+)")
BROKEN = """() => {
  try { new StrixunChat.ChatWidget({ authApiUrl: 5, container: document.body }) }
  catch (error) { return error.stack }
}"""


@dataclass(frozen=True)
class Frame:
    """One line of a stack, as its map reads it: the rest of the Python line, and the name that stands there."""

    source: str
    text: str
    name: str | None


async def frames(person: Person, stack: str) -> list[Frame]:
    found = [(url, int(line) - 1, int(column) - 1) for url, line, column in FRAME.findall(stack)]
    response = await person.page.request.get(found[0][0] + ".map")
    assert response.ok
    source_map: dict[str, Any] = await response.json()
    places = decode_map(source_map["mappings"])
    read = []
    for _, line, column in found:
        place = place_of(places, line, column)
        text = source_map["sourcesContent"][place.source].split("\n")[place.source_line][place.source_column :]
        name = source_map["names"][place.name] if place.name is not None else None
        read.append(Frame(source_map["sources"][place.source], text, name))
    return read


async def test_an_error_in_the_minified_script_leads_to_its_line_and_name(arrive: Arrive) -> None:
    ada = await arrive()
    ada.expect("Chat error")
    await ada.visit()
    stack = await ada.page.evaluate(BROKEN)
    read = await frames(ada, stack)
    assert len(read) >= 3, stack
    assert re.search(r"widget/.*\.py$", read[0].source)
    assert "ConfigError(" in read[0].text, read[0]
    assert read[-1].source.endswith("widget/browser/entry.py"), read[-1]
    named = [frame for frame in read if frame.name is not None]
    assert len(named) > 0
    for frame in named:
        assert re.match(rf"(self\.|await |return |def |async def )*{frame.name}\b", frame.text), frame

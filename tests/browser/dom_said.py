"""What is said on the page for tests of the DOM, who is there and where."""

from __future__ import annotations

from widget.model import ChatMessage, EmoteData, Participant, Role, RoomMetadata

OWL = "https://cdn.7tv.app/emote/owl/1x.webp"
ROOM = RoomMetadata("r1", "ben", "Ben", "2026-11-23T09:00:00.000Z", 2, True, "Owls")


def emote(number: int, name: str, moves: bool) -> EmoteData:
    return EmoteData(
        f"e{number}", name, f"https://cdn.7tv.app/emote/{name}/1x.webp", moves, 32, 32, "7tv", source="room"
    )


def message(number: int, text: str = "", mine: bool = False) -> ChatMessage:
    content = text if text != "" else f"message {number}"
    who = "Ada" if mine else "Ben" if number % 3 == 0 else "Chidi"
    at = f"2026-11-23T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}.000Z"
    return ChatMessage(f"{number:032x}", "r1", who.lower(), who, at, content, True, mine=mine)


def person(name: str, me: bool, role: Role = "member") -> Participant:
    return Participant(name.lower(), name, "2026-11-23T09:00:00.000Z", True, "direct", me, role)

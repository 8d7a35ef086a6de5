"""Components render to the same HTML."""

from __future__ import annotations

from widget.chat.emotes import parse_emotes
from widget.model import EmoteData
from widget.ui.strings import say, say_count, use
from widget.ui.view import h, to_html
from widget.ui.when import clock_time, day_name


def main() -> None:
    sub = h("span", {"class": "cw-sub", "key": "k"}, ["x"])
    print(to_html(h("p", {"title": "\"><img src=x>", "hidden": None}, ["<b>&'</b> 😀", sub])))
    print(to_html(h("input", {"value": "a"})), to_html(h("textarea", {"class": "cw-area", "rows": "1", "value": "</textarea>"})))
    for minute in [0, 29_534_370, 28_486_085, 15_778_799]:
        print(clock_time(minute, False), clock_time(minute, True))
        print([day_name(minute, minute + 1440 * days, 9, "Mar") for days in range(3)])
    use({"Find a room": "Raum suchen", "{} people": "{} Leute"})
    print(say("Find a room"), say("Rooms"), say("by {}"), say("Join {}", "Owls"), say_count("1 person", "{} people", 1), say_count("1 person", "{} people", 3))
    use({"Find a room": "Find a room", "{} people": "{} people"})  # other tests run in the same process
    emotes = [EmoteData("1", "Kappa", "https://x/k", False, 28, 28, "7tv"), EmoteData("2", ":ok:", "https://x/o", True, 28, 28, "custom")]
    print(parse_emotes("hi Kappa, Kappa! :ok: kappa", emotes))

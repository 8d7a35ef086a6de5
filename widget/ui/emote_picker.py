"""Emotes of the room and emoji, to choose from."""

from __future__ import annotations

from collections.abc import Callable

from widget.ui.emote_image import emote_image
from widget.ui.grid import ID, Grid, Section
from widget.ui.icons import icon
from widget.ui.layers import Layer
from widget.ui.palette import GROUPS, Palette
from widget.ui.parts import loading, search
from widget.ui.play import play_setting
from widget.ui.search import INSIDE, Entry, matches, shortcode
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Effect, Node, UiEvent, click, h, listen

HEIGHT_PX = 28
PREVIEW_PX = 32
HAND = "wave"  # a shortcode: who has no picture of it has none with a skin
FIND = "cw-find"


class EmotePicker:
    """A layer above the input. `choose` takes what was chosen."""

    def __init__(self, stage: Stage, palette: Palette, choose: Callable[[Entry], None]) -> None:
        self._stage: Stage = stage
        self._palette: Palette = palette
        self._choose: Callable[[Entry], None] = choose
        self._query: str = ""
        self._shown: str = ""
        self._sections: list[Section] = []
        self._recent: list[str] = []
        self._jump: int = 0
        self._grid: Grid = Grid(stage, self._picture, self._take, self._to_field)

    def on_open(self, event: UiEvent) -> None:
        if event.kind == "mousedown":
            event.prevent()  # the field keeps the focus, and gets it back
            return
        self._query = ""
        self._shown = ""
        self._palette.ask()
        label = lambda: say("Emoji and emotes")  # noqa: E731
        self._stage.layers.open(Layer("emotes", "picker", label, "cw-emotes", self.view, self._closed))
        self._focus(FIND)

    def view(self) -> list[Node]:
        self._look()
        top = [search(say("Find emoji and emotes"), self._query, self.on_query, {"id": FIND})]
        hand = self._palette.codes.get(HAND)
        if hand is not None:
            top.append(self._tone(self._palette.text(hand)))
        parts = [h("div", {"class": "cw-find"}, top, listen("keydown", self.on_key))]
        entry = self._grid.marked()
        if entry is not None:
            if self._query == "":
                parts.append(h("div", {"class": "cw-jumps", "role": "toolbar", "key": "jumps"}, self._jumps()))
            parts += [self._grid.view(say("Emoji and emotes")), self._preview(entry)]
        elif self._palette.is_coming():
            parts.append(loading(say("One moment")))
        else:
            none = say("Nothing is called that.") if self._query != "" else say("The emoji could not be loaded.")
            parts.append(h("p", {"class": "cw-none", "role": "status"}, [none]))
        if len(self._palette.emotes) > 0:
            parts.append(play_setting(self._stage.page, self._stage.changed))
        return parts

    def _look(self) -> None:
        """At what there is to be shown now. What was used meanwhile moves nothing."""
        palette = self._palette
        palette.ask()  # the language may be another one
        palette.look()
        shown = f"{palette.stamp} {self._query}."
        if shown == self._shown:
            return
        is_same = self._shown.partition(" ")[2] == shown.partition(" ")[2]  # names may come after what they name
        self._shown = shown
        if not is_same:
            self._recent = palette.recent()
        if self._query != "":
            self._sections = [Section("", matches(palette.all(), self._query, self._recent, INSIDE))]
        else:
            self._sections = [section for section in self._all() if len(section.entries) > 0]
        self._jump = 0
        self._grid.show(self._sections, is_same)

    def _all(self) -> list[Section]:
        palette = self._palette
        known = {entry.word: entry for entry in palette.all()}
        recent = [known[word] for word in self._recent if word in known]
        own = [entry for entry in palette.emotes if entry.emote is not None and entry.emote.provider == "custom"]
        others = [entry for entry in palette.emotes if entry.emote is not None and entry.emote.provider != "custom"]
        found = [Section(say("Used recently"), recent, "sending"), Section(say("Emotes of this site"), own)]
        found.append(Section("7TV", others))
        for place, group in enumerate(palette.groups):
            if len(group) > 0:  # of flags a system may have none
                name = palette.words[place] if len(palette.words) > 0 else palette.text(group[0])
                found.append(Section(name, group))
        return found

    def _jumps(self) -> list[Node]:
        """One Tab stop; arrows lead along it."""
        return [self._to_section(place, section) for place, section in enumerate(self._sections)]

    def _to_section(self, place: int, section: Section) -> Node:
        def hear(event: UiEvent) -> None:
            total = len(self._sections)
            steps = {"ArrowRight": 1, "ArrowLeft": total - 1}
            if event.kind == "click":
                self._jump = place
                self._grid.jump(place)
            elif event.key in steps:
                event.prevent()
                step = total - steps[event.key] if event.rtl else steps[event.key]
                self._jump = (place + step) % total
                self._stage.do(Effect("focus", f"cw-jump-{self._jump}"))

        attrs = {
            "class": "cw-jump",
            "id": f"cw-jump-{place}",
            "type": "button",
            "aria-label": section.title,
            "title": section.title,
            "tabindex": "0" if place == self._jump else "-1",
        }
        inside = self._picture(section.entries[0]) if section.icon == "" else icon(section.icon)
        return h("button", attrs, [inside], listen("click keydown", hear))

    def _tone(self, hand: str) -> Node:
        tone = self._palette.tone()
        name = say("Skin tone")
        if tone > 0 and len(self._palette.words) > 0:
            name = f"{name}: {self._palette.words[GROUPS + tone - 1]}"
        attrs = {"class": "cw-button cw-quiet cw-square", "type": "button", "aria-label": name, "title": name}
        return h("button", attrs, [hand], click(self.on_tone))

    def _picture(self, entry: Entry) -> Node | str:
        return self._drawn(entry, HEIGHT_PX)

    def _drawn(self, entry: Entry, height_px: int) -> Node | str:
        emote = entry.emote
        return self._palette.text(entry) if emote is None else emote_image(emote, height_px, self._stage.plays)

    def _preview(self, entry: Entry) -> Node:
        note = shortcode(entry) if entry.emote is None else entry.emote.author
        words = [h("bdi", {}, [entry.name]), h("bdi", {"class": "cw-note"}, [note])]
        shown = h("span", {"class": "cw-shown"}, [self._drawn(entry, PREVIEW_PX)])
        return h("div", {"class": "cw-preview", "aria-hidden": "true"}, [shown, h("div", {}, words)])

    def _take(self, entry: Entry, stays: bool) -> None:
        self._palette.use(entry)
        if not stays:
            self._stage.layers.close("emotes")
        self._choose(entry)

    def _to_field(self) -> None:
        self._stage.do(Effect("focus", FIND))

    def _closed(self) -> None:
        self._focus("cw-message")

    def _focus(self, field: str) -> None:
        """But where the keyboard would cover the room."""
        if not self._stage.page.is_touch():
            self._stage.do(Effect("focus", field))

    def on_key(self, event: UiEvent) -> None:
        self._look()  # the last letter may not be drawn yet
        entry = self._grid.marked()
        if event.key == "ArrowDown":
            event.prevent()
            self._stage.do(Effect("focus", ID))
        elif event.key == "Enter" and entry is not None and self._query != "":
            event.prevent()
            self._take(entry, event.shift)

    def on_query(self, event: UiEvent) -> None:
        self._query = event.value
        self._stage.changed()

    def on_tone(self, event: UiEvent) -> None:
        self._palette.turn_tone()
        self._stage.changed()

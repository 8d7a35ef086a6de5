"""Who is in the room, who asks to come in, and what one can do about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from widget.core.namesakes import namesakes
from widget.model import Participant
from widget.ui.connection_badge import WORDS
from widget.ui.layers import Layer
from widget.ui.menu import Item, Menu
from widget.ui.numbers import Numbers
from widget.ui.parts import around, avatar, button, choice, icon_button, vouched
from widget.ui.powers import asking, is_in, may_act, may_decide, my_role, rank
from widget.ui.question import ask, question
from widget.ui.row_list import RowList, list_item
from widget.ui.stage import Stage
from widget.ui.strings import Words, isolated, say
from widget.ui.view import Handler, Node, UiEvent, h

GUESS_PX = 54.0  # somebody with a name of one line


class Participants:
    """Everyone, in a column, or a drawer where there is no room for one; of very many, those in sight are drawn.

    `ways` lead on from here.
    """

    def __init__(self, stage: Stage, ways: Callable[[], Sequence[Node]]) -> None:
        self._stage: Stage = stage
        self._ways_on: Callable[[], Sequence[Node]] = ways
        self.is_open: bool = False
        self.sign_in: Handler = lambda event: None  # for who is a guest
        self._list: RowList = self._new_list()
        self._chosen: str = ""  # about whom something is open
        self._removes: bool = False
        self._menu: Menu = Menu(stage)
        self._numbers: Numbers = Numbers(stage)
        self._hide: bool = False
        self._ban: bool = True
        self._told: list[str] = []

    def column(self) -> list[Node]:
        """What stands beside the conversation."""
        return self.view() if self.is_open and self._stage.is_wide else []

    def view(self) -> list[Node]:
        return [self._stage.part("people", self._panel)]

    def _panel(self) -> Node:
        """Who asks to come in, then oneself, the host, and the others by name."""
        people = self._stage.chat.get_state().participants
        mine = my_role(people)
        title = h("h3", {"class": "cw-panel-title", "tabindex": "-1", "autofocus": ""}, [say("People")])
        close = icon_button("close", say("Close"), self.on_toggle)
        bar = h("div", {"class": "cw-panel-bar"}, [title, *self._ways_on(), close])
        notes = namesakes(people)
        ranked = sorted(people, key=rank)

        def row(place: int) -> Node:
            person = ranked[place]
            words = self._row(person, mine, notes.get(person.user_id, ""))
            is_here = person.is_online if is_in(person) else person.standing == "waiting"
            classes = "cw-person" if is_here else "cw-person cw-away"
            return list_item(classes, person.user_id, place, len(ranked), words)

        attrs = {"class": "cw-people", "role": "list", "aria-label": say("People"), "tabindex": "0"}
        parts = [bar, self._list.view(attrs, [], [person.user_id for person in ranked], row)]
        code = self._stage.chat.room_code()
        if code != "":
            digits = h("span", {"dir": "ltr"}, [code])
            same = say("Equal on two screens: the same members, the same key.")
            parts.append(h("p", {"class": "cw-sub cw-code", "title": same}, around(say("Room code {}"), digits)))
        return h("aside", {"class": "cw-panel", "part": "people", "aria-label": say("People"), "key": "people"}, parts)

    def entered(self) -> None:
        """Another room, with other people."""
        self.close()
        self._told = []

    def arrived(self, people: list[Participant]) -> None:
        """Tell, once of each, who asks me to come in; close the actions of who is no more in the room."""
        for person in asking(people):
            if person.user_id not in self._told:
                self._told.append(person.user_id)
                self._stage.tell(asks(person.user_name))
        mine = my_role(people)
        may = may_decide if self._removes else may_act
        if self._chosen not in [person.user_id for person in people if is_in(person) and may(mine, person)]:
            self._choose("")

    def close(self) -> None:
        self.is_open = False
        self.arrange()
        self._stage.changed()

    def arrange(self) -> None:
        """Where there is no room for a second column they are a layer."""
        if self.is_open and not self._stage.is_wide:
            self._stage.layers.open(Layer("people", "drawer", lambda: say("People"), "", self.view, self._shut))
        else:
            self._stage.layers.close("people")

    def _shut(self) -> None:
        """The drawer has closed; perhaps they are a column now."""
        self.is_open = self.is_open and self._stage.is_wide

    def _choose(self, who: str) -> None:
        """What is open about somebody else closes."""
        if self._chosen != "":
            self._stage.layers.close("person")
            self._stage.layers.close("question")
        self._chosen = who
        self._removes = False

    def on_toggle(self, event: UiEvent) -> None:
        self.is_open = not self.is_open
        self._list = self._new_list()
        self.arrange()
        self._stage.changed()

    def _new_list(self) -> RowList:
        """At its top, where those stand who ask to come in."""
        return RowList(self._stage.redraw, GUESS_PX, False)

    def _row(self, person: Participant, mine: str, note: str) -> list[Node]:
        name = [h("bdi", {"class": "cw-person-name"}, [person.user_name])]
        if note != "":
            name.append(h("span", {"class": "cw-note"}, [note]))
        if person.is_me:
            name.append(tag(say("you")))
        if person.role != "member":
            name.append(tag(say("host") if person.is_host else say("moderator")))
        if person.via != "mail":
            name.append(tag(vouched(person.via)))
        if person.acquaintance != "met":
            known = say("new device") if person.acquaintance == "new" else say("compared")
            name.append(tag(known, f" cw-tag-{person.acquaintance}"))
        words = [h("span", {"class": "cw-person-line"}, name)]
        if not person.is_me or not is_in(person):
            words.append(h("span", {"class": "cw-sub"}, [how(person, mine)]))
        parts = [avatar(person.user_id, person.user_name), h("span", {"class": "cw-person-words"}, words)]
        if person.is_me and person.via == "guest":
            parts.append(button("plain", say("Sign in"), self.sign_in))
        if may_act(mine, person):
            parts += self._ways(person, mine)
        return parts

    def _ways(self, person: Participant, mine: str) -> list[Node]:
        """What I can do about somebody."""
        stage = self._stage
        chat = stage.chat
        who = person.user_id
        if person.standing == "removed":
            return [button("quiet", say("Let back in"), lambda event: stage.spawn(chat.readmit_member(who)))]
        if person.standing == "waiting":
            let_in = button("plain", say("Let in"), lambda event: stage.spawn(chat.approve(who)))
            away = button("quiet", say("Turn away"), lambda event: stage.spawn(chat.remove_member(who, False, False)))
            return [h("div", {"class": "cw-ways", "role": "group", "aria-label": person.user_name}, [let_in, away])]

        def more(event: UiEvent) -> None:
            self._choose(who)
            if person.is_me:
                self._ask_own(who)
            else:
                self._menu.open("person", lambda: more_for(person), more_id, lambda: self._items(person, mine))

        more_id = f"cw-more-{who}"
        is_open = self._chosen == who and stage.layers.is_open("person")
        opener = {"id": more_id, "aria-haspopup": "menu"}
        return [icon_button("more", more_for(person), more, "true" if is_open else "false", opener)]

    def _items(self, person: Participant, mine: str) -> list[Item]:
        stage, who = self._stage, person.user_id

        def appoint() -> None:
            stage.spawn(stage.chat.set_moderator(who, person.role == "member"))

        def compare() -> None:
            stage.spawn(self._numbers.show(person, stage.layers.top()))

        items = [Item(say("Compare numbers"), "lock", compare)]
        if mine == "host" and not person.is_host:
            other_role = say("Make moderator") if person.role == "member" else say("End moderator role")
            items.append(Item(other_role, "people", appoint))
        if may_decide(mine, person):
            items.append(Item(say("Remove"), "close", lambda: self._ask_remove(person), True))
        return items

    def _ask_own(self, who: str) -> None:
        """I am here with a device that this one has not met."""
        stage = self._stage
        ask(
            stage,
            lambda: say("Is the other device yours?"),
            lambda: say("If it is not, somebody reads your mail: change its password."),
            lambda: say("It is mine"),
            lambda: stage.spawn(stage.chat.compare(who, True)),
            "primary",
        )

    def _ask_remove(self, person: Participant) -> None:
        self._removes = True
        self._hide = False
        self._ban = True

        def remove() -> None:
            self._stage.spawn(self._stage.chat.remove_member(person.user_id, self._ban, self._hide))

        def boxes() -> list[Node]:
            return [
                choice("checkbox", self._hide, say("Also hide what they said"), "", self.on_hide),
                choice("checkbox", self._ban, say("Keep them out (ban)"), "", self.on_ban),
            ]

        name = isolated(person.user_name)
        question(self._stage, lambda: say("Remove {}?", name), boxes, [("danger", lambda: say("Remove"), remove)])

    def on_hide(self, event: UiEvent) -> None:
        self._hide = not self._hide
        self._stage.changed()

    def on_ban(self, event: UiEvent) -> None:
        self._ban = not self._ban
        self._stage.changed()


def more_for(person: Participant) -> str:
    return say("More for {}", person.user_name)


def asks(name: str) -> Words:
    return lambda: say("{} asks to come in.", isolated(name))


def how(person: Participant, mine: str) -> str:
    """How somebody is reached, or what they wait for."""
    if person.standing == "waiting" and may_decide(mine, person):
        return say("Asks to come in")
    return say(WORDS[person.link if is_in(person) else person.standing])


def tag(word: str, more: str = "") -> Node:
    return h("span", {"class": "cw-tag" + more}, [word])

"""Who is in the room, who asks to come in, and what one can do about them."""

from __future__ import annotations

from widget.model import Participant
from widget.ui.connection_badge import WORDS
from widget.ui.numbers import Numbers
from widget.ui.parts import around, avatar, button, choice, icon_button, opened
from widget.ui.powers import asking, is_in, may_act, may_decide, my_role
from widget.ui.stage import Stage
from widget.ui.strings import say
from widget.ui.view import Node, UiEvent, h


class Participants:
    """The panel with everyone. It remembers whose actions are open, and what is chosen there."""

    def __init__(self, stage: Stage) -> None:
        self._stage: Stage = stage
        self.is_open: bool = False
        self._chosen: str = ""
        self._asks: bool = False
        self._numbers: Numbers = Numbers(stage, self.close)
        self._hide: bool = False
        self._ban: bool = True
        self._told: list[str] = []

    def view(self, people: list[Participant]) -> Node:
        """Who asks to come in, then oneself, the host, and the others by name."""
        mine = my_role(people)
        title = h("h3", {"class": "cw-panel-title", "tabindex": "-1", "autofocus": ""}, [say("People")])
        bar = h("div", {"class": "cw-panel-bar"}, [title, icon_button("close", say("Close"), self.on_toggle)])
        names = [named(person) for person in people]
        rows = [self._row(person, mine, names.count(named(person)) > 1) for person in sorted(people, key=rank)]
        parts = [bar, h("ul", {"class": "cw-people"}, rows)]
        code = self._stage.chat.room_code()
        if code != "":
            digits = h("span", {"dir": "ltr"}, [code])
            same = say("Equal on two screens: the same members, the same key.")
            parts.append(h("p", {"class": "cw-sub cw-code", "title": same}, around(say("Room code {}"), digits)))
        return h("aside", {"class": "cw-panel", "aria-label": say("People"), "key": "people"}, parts)

    def entered(self) -> None:
        """Another room, with other people."""
        self.is_open = False
        self._told = []

    def arrived(self, people: list[Participant]) -> None:
        """Tell, once of each, who asks me to come in; close the actions of who is no more in the room."""
        for person in asking(people):
            if person.user_id not in self._told:
                self._told.append(person.user_id)
                self._stage.tell(say("{} asks to come in.", person.user_name))
        mine = my_role(people)
        may = may_decide if self._asks else may_act
        if self._chosen not in [person.user_id for person in people if is_in(person) and may(mine, person)]:
            self._chosen = ""

    def escape(self) -> None:
        """Close the innermost of what is open."""
        if self._chosen == "":
            self.is_open = False
        elif self._asks:
            self._asks = False
        elif self._numbers.who == self._chosen:
            self._numbers.who = ""
        else:
            self._chosen = ""

    def close(self) -> None:
        """What is open in the list."""
        self._chosen = ""
        self._stage.changed()

    def on_toggle(self, event: UiEvent) -> None:
        self.is_open = not self.is_open
        self.close()

    def _row(self, person: Participant, mine: str, is_named_alike: bool) -> Node:
        name = [h("bdi", {"class": "cw-person-name"}, [person.user_name])]
        if is_named_alike:
            name.append(h("span", {"class": "cw-note"}, [person.user_id[0:4]]))
        if person.is_me:
            name.append(tag(say("you")))
        if person.role != "member":
            name.append(tag(say("host") if person.is_host else say("moderator")))
        if person.acquaintance != "met":
            known = say("new device") if person.acquaintance == "new" else say("compared")
            name.append(tag(known, f" cw-tag-{person.acquaintance}"))
        words = [h("span", {"class": "cw-person-line"}, name)]
        if not person.is_me or not is_in(person):
            words.append(h("span", {"class": "cw-sub"}, [how(person, mine)]))
        is_here = person.is_online if is_in(person) else person.standing == "waiting"
        classes = "cw-person" if is_here else "cw-person cw-away"
        parts = [avatar(person.user_id, person.user_name), h("span", {"class": "cw-person-words"}, words)]
        if may_act(mine, person):
            parts += self._ways(person, mine)
        return h("li", {"class": classes, "key": person.user_id}, parts)

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
            self._chosen = "" if self._chosen == who else who
            self._asks = False
            self._numbers.who = ""
            stage.changed()

        is_chosen = self._chosen == who
        label = say("More for {}", person.user_name)
        found = [icon_button("more", label, more, "true" if is_chosen else "false")]
        if is_chosen:
            found.append(self._opened(person, mine, label))
        return found

    def _opened(self, person: Participant, mine: str, label: str) -> Node:
        if person.is_me:
            return self._own(person)
        if self._numbers.who == person.user_id:
            return self._numbers.view(person)
        return self._question(person) if self._asks else self._actions(person, mine, label)

    def _actions(self, person: Participant, mine: str, label: str) -> Node:
        def ask(event: UiEvent) -> None:
            self._asks = True
            self._hide = False
            self._ban = True
            self._stage.changed()

        def appoint(event: UiEvent) -> None:
            self.close()
            self._stage.spawn(self._stage.chat.set_moderator(person.user_id, person.role == "member"))

        stage, who = self._stage, person.user_id
        parts = [button("plain", say("Compare numbers"), lambda event: stage.spawn(self._numbers.show(who)))]
        if mine == "host" and not person.is_host:
            other_role = say("Make moderator") if person.role == "member" else say("End moderator role")
            parts.append(button("plain", other_role, appoint))
        if may_decide(mine, person):
            parts.append(button("plain", say("Remove"), ask))
        return opened(label, parts, "actions")

    def _own(self, person: Participant) -> Node:
        """I am here with a device that this one has not met."""

        def vouch(event: UiEvent) -> None:
            self.close()
            self._stage.spawn(self._stage.chat.compare(person.user_id, True))

        title = say("Is the other device yours?")
        parts = [
            h("bdi", {"class": "cw-strong"}, [title]),
            h("p", {"class": "cw-sub"}, [say("If it is not, somebody reads your mail: change its password.")]),
            button("plain", say("It is mine"), vouch),
            button("quiet", say("Cancel"), self.on_cancel),
        ]
        return opened(title, parts, "question")

    def _question(self, person: Participant) -> Node:
        def remove(event: UiEvent) -> None:
            self.close()
            self._stage.spawn(self._stage.chat.remove_member(person.user_id, self._ban, self._hide))

        title = say("Remove {}?", person.user_name)
        parts = [
            h("bdi", {"class": "cw-strong"}, [title]),
            choice("checkbox", self._hide, say("Also hide what they said"), "", self.on_hide),
            choice("checkbox", self._ban, say("Keep them out (ban)"), "", self.on_ban),
            button("danger", say("Remove"), remove),
            button("quiet", say("Cancel"), self.on_cancel),
        ]
        return opened(title, parts, "question")

    def on_hide(self, event: UiEvent) -> None:
        self._hide = not self._hide
        self._stage.changed()

    def on_ban(self, event: UiEvent) -> None:
        self._ban = not self._ban
        self._stage.changed()

    def on_cancel(self, event: UiEvent) -> None:
        self.close()


def rank(person: Participant) -> str:
    """Sorts who asks to come in, oneself, the host and those who are here before the others."""
    place = "2" if person.is_me else "3" if person.is_host else "4" if person.is_online else "5"
    if not is_in(person):
        place = "1" if person.standing == "waiting" else "6"
    return place + person.user_name.lower()


def how(person: Participant, mine: str) -> str:
    """How somebody is reached, or what they wait for."""
    if person.standing == "waiting" and may_decide(mine, person):
        return say("Asks to come in")
    return say(WORDS[person.link if is_in(person) else person.standing])


def named(person: Participant) -> str:
    """Those who would be taken for each other have the same."""
    return person.user_name.casefold()


def tag(word: str, more: str = "") -> Node:
    return h("span", {"class": "cw-tag" + more}, [word])

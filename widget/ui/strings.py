"""Every word the screen shows, by name; `use` replaces them with another language's."""

from __future__ import annotations

TEXTS: dict[str, str] = {
    "app.label": "Chat",
    "app.loading": "One moment",
    "app.problem": "The chat cannot start",
    "app.retry": "Try again",
    "app.dismiss": "Dismiss",
    "auth.title": "Sign in to chat",
    "auth.lead": "We send a code to your e-mail. There is no password.",
    "auth.email": "E-mail",
    "auth.email_hint": "you@example.org",
    "auth.email_bad": "Enter a whole e-mail address, such as you@example.org.",
    "auth.name": "Name others see",
    "auth.optional": "optional",
    "auth.send": "Send code",
    "auth.sending": "Sending",
    "auth.promise": "Messages are end-to-end encrypted. Nobody in the chat sees your address.",
    "auth.look": "Look around first",
    "code.title": "Enter your code",
    "code.lead": "It is on its way to {}.",
    "code.field": "Code of 8 digits",
    "code.short": "The code has 8 digits.",
    "code.verify": "Sign in",
    "code.verifying": "Checking",
    "code.wait": "Send again in {}",
    "code.again": "Send a new code",
    "code.sent": "A new code is on its way.",
    "code.other": "Use another e-mail",
    "rooms.title": "Rooms",
    "rooms.loading": "Looking for rooms",
    "rooms.search": "Find a room",
    "rooms.refresh": "Refresh",
    "rooms.new": "New room",
    "rooms.empty": "It is quiet here",
    "rooms.empty_lead": "No public room is open. Start one, or join with an invite.",
    "rooms.none": "No room is called that.",
    "rooms.failed": "The rooms could not be loaded",
    "rooms.by": "by {}",
    "rooms.join": "Join {}",
    "rooms.full": "Full",
    "rooms.invite": "Have an invite?",
    "rooms.invite_hint": "Paste an invite or room ID",
    "rooms.invite_join": "Join",
    "rooms.joining": "Joining",
    "rooms.sign_in": "Sign in",
    "rooms.sign_out": "Sign out",
    "rooms.preview": "Sign in to join",
    "people.one": "1 person",
    "people.many": "{} people",
    "create.title": "New room",
    "create.name": "Room name",
    "create.name_hint": "Friday quiz",
    "create.who": "Who can join",
    "create.public": "Public",
    "create.public_lead": "Listed here. Anyone who signs in can join and read.",
    "create.private": "Private",
    "create.private_lead": "Not listed. Only people with the invite can join.",
    "create.make": "Create room",
    "create.making": "Creating",
    "create.back": "Back",
    "chat.unnamed": "Room without a name",
    "chat.private": "Private",
    "chat.messages": "Messages",
    "chat.invite": "Copy invite",
    "chat.copied": "Invite copied.",
    "chat.not_copied": "The invite could not be copied. It is {}",
    "chat.leave": "Leave room",
    "chat.empty": "Say hello",
    "chat.empty_lead": "You are connected. What you write is encrypted for the people in this room.",
    "chat.alone": "You are the first one here",
    "chat.alone_lead": "Send the invite to the people you want to talk with.",
    "chat.new_one": "1 new message",
    "chat.new_many": "{} new messages",
    "chat.end": "Go to the newest message",
    "chat.earlier": "Show earlier messages",
    "message.sending": "Sending",
    "message.sent": "Sent",
    "message.failed": "Not sent",
    "message.again": "Send again",
    "message.missing": "Messages before this one are missing",
    "message.twin": "The sender told others something else",
    "message.clock": "The sender's clock is off",
    "input.label": "Message",
    "input.hint": "Write a message",
    "input.send": "Send",
    "input.left": "{} left",
    "input.over": "{} too many",
    "input.offline": "You are offline. What you write here is kept.",
    "input.emotes": "Emotes",
    "emotes.find": "Find an emote",
    "emotes.none": "No emote is called that.",
    "link.connecting": "Connecting",
    "link.direct": "Connected directly",
    "link.relayed": "Relayed (encrypted)",
    "link.lost": "Away",
    "badge.connecting": "Connecting",
    "badge.direct": "Connected directly",
    "badge.relayed": "Relayed (encrypted)",
    "badge.alone": "Connected",
    "badge.offline": "Offline - trying again",
    "badge.error": "Not connected",
    "people.title": "People",
    "people.close": "Close",
    "people.me": "you",
    "people.host": "host",
    "day.today": "Today",
    "day.yesterday": "Yesterday",
    "day.months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "problem.https": "This page is not secure. Open it over https, then the chat can encrypt.",
    "problem.unexpected": "Something went wrong. Try again.",
}


def say(name: str) -> str:
    """The text of that name."""
    return TEXTS[name]


def say_with(name: str, value: str) -> str:
    """The text with `value` in place of its {}."""
    return TEXTS[name].replace("{}", value)


def say_count(one: str, many: str, count: int) -> str:
    """The text for one thing, or for that many."""
    return TEXTS[one] if count == 1 else say_with(many, str(count))


def use(texts: dict[str, str]) -> None:
    """Take over the texts of another language; names that are not ours are ignored."""
    for name, value in texts.items():
        if name in TEXTS:
            TEXTS[name] = value

"""Pages that show every screen with the real stylesheet: `python -m tests.browser.looks FOLDER [--shoot]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from functools import partial
from pathlib import Path

from build.css import readable_css
from tests.fakes.core import FakeChat, FakePage, HandClock, person, room, said
from tests.fakes.screen import act, by_class, event, labelled
from widget.errors import RefusedError, UnreachableError
from widget.model import ChatMessage, ChatState, Device, Participant, RoomMetadata
from widget.native.language import English
from widget.ui.app import App
from widget.ui.parts import problem
from widget.ui.view import Node, UiEvent, to_html

STYLES = Path(__file__).parents[2] / "widget" / "styles"
SIZES = {"wide": (1280, 720), "narrow": (360, 640)}
Screen = Callable[[], Node]

SIGNED_IN = ChatState(authenticated=True, user_id="ada", user_name="Ada Lovelace")
PEOPLE = [
    person("Ada", link="connecting"),
    person("Ben", role="host"),
    person("Chidi Anagonye", link="relayed"),
    person("דנה כהן"),
    person("Erika Mustermann-Schwarzenegger", link="connecting"),
    person("Femi", is_online=False),
]
HOSTED = [
    person("Ada", role="host"),
    person("Ben", role="moderator"),
    person("Chidi Anagonye", link="relayed"),
    person("דנה כהן"),
    person("Erika Mustermann-Schwarzenegger"),
    person("Femi", is_online=False, link="lost", standing="removed"),
    person("Grace", is_online=False, link="connecting", standing="waiting"),
]
CHECKED = [
    person("Ada", acquaintance="new"),
    person("Ben", role="host", acquaintance="compared"),
    person("Chidi Anagonye", link="relayed", acquaintance="new"),
    replace(person("Chidi anagonye", link="through"), user_id="7be1"),
    person("Erika Mustermann-Schwarzenegger", role="moderator", acquaintance="new"),
]
TALK = [
    said(1, "Ben", "Evening all. Doors are open.", "2026-11-22T21:10:00.000Z"),
    said(2, "Ben", "", "09:02", type="join", sentence="{} joined."),
    said(3, "Chidi Anagonye", "Morning! Did the night shift find the nest?", "09:02"),
    said(4, "Chidi Anagonye", "The camera was off: https://example.org/log", "09:03"),
    said(
        5,
        "Ada",
        "Yes, two tawny owls in the old oak. Photos are here: https://example.org/owls/2026/11?page=2",
        "09:05",
    ),
    said(6, "Ben", "@Ada that is wonderful. Can you mark the tree?", "09:07"),
    said(7, "דנה כהן", "שלום לכולם, אני מצטרפת בעוד רגע", "09:08"),
    said(8, "Ada", "Marked.\nSecond branch from the top, left of the trunk.", "09:09", delivery="delivered"),
    said(9, "Ben", "I will bring the ladder.", "09:12", flags=["clock", "late"]),
    said(10, "Ada", "Do not bring the ladder", "09:13", delivery="failed"),
    said(13, "Ada", "They sleep by day", "09:13", delivery="sent"),
    said(11, "Ada", "Please :)", "09:13", delivery="sending"),
    said(12, "Ada", "Is anybody here?", "09:14", delivery="unheard"),
]
ROOMS = [
    room("r1", "Night watch", 12, by="Ben"),
    room("r2", "Owls of the old park", 3, by="Chidi Anagonye"),
    room("r3", "A room with quite a long name that does not fit on a small screen", 1, by="Dana"),
    room("r4", "Full house", 16, by="Erika"),
    room("r5", "דיבור חופשי", 5, by="דנה"),
    room("r6", "Ringing and counting", 2, by="Femi"),
    room("r7", "Beginners", 7, by="Grace"),
]


def app(
    state: ChatState,
    rooms: list[RoomMetadata] | None = None,
    auto_auth: bool = False,
    fails: str = "",
    clock: HandClock | None = None,
) -> App:
    clock = HandClock() if clock is None else clock
    chat = FakeChat(state, rooms)
    if fails != "":
        chat.fails[fails] = UnreachableError("unreachable", "The chat service does not answer. Check your connection.")
    made = App(chat, clock, FakePage(), English(UTC), auto_auth, "")
    made.start()
    clock.settle()
    made.on_state(state)
    clock.settle()
    return made


def typed(value: str) -> UiEvent:
    return event("input", value)


def sign_in() -> Node:
    return app(ChatState(), auto_auth=True).view()


def doors(*names: str) -> Node:
    """Several ways in; the site, which comes first, knows nobody."""
    made = app(ChatState(), auto_auth=True)
    made.stage.chat.doors = list(names)
    if names[0] == "site":
        made.auth._work.wrong(lambda: "You are not signed in on this site. Sign in there, then come back.")
    return made.view()


def sign_in_error() -> Node:
    made = app(ChatState(), auto_auth=True)
    made.auth.on_email(typed("ada@example"))
    made.auth.on_submit(typed(""))
    return made.view()


def solving() -> Node:
    clock = HandClock()
    chat = FakeChat()
    made = App(chat, clock, FakePage(), English(UTC), True, "")
    seen: list[Node] = []

    async def work(goes_on: Callable[[], bool]) -> None:
        goes_on()
        seen.append(made.view())

    chat.work = work
    made.start()
    clock.settle()
    made.auth.on_email(typed("ada@example.org"))
    made.auth.on_submit(typed(""))
    clock.settle()
    return seen[0]


def code(error: bool = False) -> Node:
    clock = HandClock()
    chat = FakeChat()
    made = App(chat, clock, FakePage(), English(UTC), True, "")
    made.start()
    clock.settle()
    made.auth.on_email(typed("ada@example.org"))
    made.auth.on_submit(typed(""))
    clock.settle()
    if error:
        chat.fails["verify_code"] = RefusedError("code.wrong", "This is not the code we sent. Check it and try again.")
        made.auth.on_code(typed("1234 5678"))
        clock.settle()
        clock.advance(60_000)
    return made.view()


def create() -> Node:
    made = app(SIGNED_IN, ROOMS)
    made.on_create(typed(""))
    return made.view()


def decided(is_wide: bool, *labels: str, people: list[Participant] = HOSTED) -> Node:
    """The list of people for one, a host say, who has pressed the buttons of these names."""
    state = ChatState("connected", True, "ada", "Ada", room("r1", "Night watch", 5), TALK, people)
    clock = HandClock()
    made = app(state, clock=clock)
    clock.advance(6000)  # the passing note is gone
    made.resized(is_wide)
    made.client.people.on_toggle(typed(""))
    for label in labels:
        act(labelled(made.view(), label), event("click"))
        clock.settle()
    return made.view()


def devices() -> Node:
    """Where one is signed in: here, and on a phone that waits to be let in."""
    clock = HandClock()
    made = app(SIGNED_IN, ROOMS, clock=clock)
    here = made.stage.chat
    assert isinstance(here, FakeChat)
    at = "2026-11-22T09:00:00.000Z"
    here.mine = [
        Device("aa", "Firefox", "Linux", at, at, True, country="DE"),
        Device("bb", "Mobile Safari", "iOS", at, at, False, True, country="AT"),
    ]
    act(labelled(made.view(), "Sign out"), event("click"))
    act(labelled(made.view(), "Your devices"), event("click"))
    clock.settle()
    return made.view()


def chat(
    talk: list[ChatMessage],
    people: list[Participant],
    panel: bool = False,
    public: bool = True,
    is_wide: bool = False,
    **more: object,
) -> Node:
    state = ChatState(
        authenticated=True, user_id="ada", user_name="Ada", room=room("r1", "Night watch", 5, public), messages=talk,
        participants=people, **{"status": "connected", **more},  # type: ignore[arg-type]
    )  # fmt: skip
    made = app(state)
    made.resized(is_wide)
    if panel:
        made.client.people.on_toggle(typed(""))
    return made.view()


def scrolled_up() -> Node:
    clock = HandClock()
    here = FakeChat(
        ChatState(
            authenticated=True,
            status="connected",
            room=room("r1", "Night watch", 5),
            messages=TALK,
            participants=PEOPLE,
        )
    )
    made = App(here, clock, FakePage(), English(UTC), False, "")
    made.start()
    clock.settle()
    here.become(messages=TALK)
    moved = event("scroll")
    moved.below_px, moved.view_px = 400, 600
    act(by_class(made.view(), "cw-log")[0], moved)
    here.become(messages=[*TALK, said(20, "Ben", "Too late"), said(21, "Ben", "It is on the van")])
    return made.view()


# With the list of people, which is a column where there is room for it and else a drawer.
LISTS: dict[str, Callable[[bool], Node]] = {
    "people": lambda is_wide: chat(TALK, PEOPLE, panel=True, is_wide=is_wide),
    "people-host": decided,
    "people-more": lambda is_wide: decided(is_wide, "More for Chidi Anagonye"),
    "people-remove": lambda is_wide: decided(is_wide, "More for Chidi Anagonye", "Remove"),
    "people-own-device": lambda is_wide: decided(is_wide, "More for Ada", people=CHECKED),
    "people-known": lambda is_wide: decided(is_wide, people=CHECKED),
    "people-numbers": lambda is_wide: decided(is_wide, "More for Ben", "Compare numbers", people=CHECKED),
    "people-more-member": lambda is_wide: decided(is_wide, "More for Chidi Anagonye", people=CHECKED),
    "waiting-people": lambda is_wide: chat(
        [],
        [person("Ada", standing="waiting"), *HOSTED[1:]],
        panel=True,
        is_wide=is_wide,
        status="connecting",
        error="Waiting to be let in.",
    ),
}
WIDE_LISTS: dict[str, Screen] = {name: partial(draw, True) for name, draw in LISTS.items()}
SCREENS: dict[str, Screen] = {
    "sign-in": sign_in,
    "sign-in-error": sign_in_error,
    "solving": solving,
    "door-guest": lambda: doors("guest", "mail", "site"),
    "door-site": lambda: doors("site", "mail", "guest"),
    "code": code,
    "code-error": lambda: code(True),
    "lobby": lambda: app(ChatState(), ROOMS[:3]).view(),
    "rooms": lambda: app(SIGNED_IN, ROOMS).view(),
    "rooms-empty": lambda: app(SIGNED_IN, []).view(),
    "rooms-failed": lambda: app(SIGNED_IN, fails="listed_rooms").view(),
    "create": create,
    "chat-alone": lambda: chat([], PEOPLE[:1], public=False),
    "chat-empty": lambda: chat([], PEOPLE[:2]),
    "chat": lambda: chat(TALK, PEOPLE),
    **{name: partial(draw, False) for name, draw in LISTS.items()},
    "waiting": lambda: chat(
        [],
        [person("Ada", standing="waiting"), PEOPLE[2]],
        status="connecting",
        error="Waiting to be let in. The host is not here.",
    ),
    "new-messages": scrolled_up,
    "devices": devices,
    "outage": lambda: chat(TALK[:6], PEOPLE, status="connecting", error="Your network is away. Messages wait."),
    "offline": lambda: chat(TALK, PEOPLE, status="disconnected"),
    "error": lambda: chat(
        TALK[:4], PEOPLE[:3], status="error", error="The room has ended. Leave it and choose another."
    ),
    "problem": lambda: problem("authApiUrl is required: set it to the address of your sign-in service."),
}


def page(node: Node, theme: str, wide: bool, css: str, direction: str = "ltr") -> str:
    """The screen as a page of its own, without any script."""
    return (
        f'<!doctype html><html lang="en" dir="{direction}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Looks</title><style>html,body{{margin:0;height:100%;background:#888}}{css}</style>"
        f'<div class="cw" dir="{direction}" data-theme="{theme}"{" data-wide" if wide else ""}>{to_html(node)}</div>'
        "<script>for (const log of document.querySelectorAll('.cw-log')) log.scrollTop = 99999</script></html>"
    )


def write(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    css = readable_css(STYLES, "looks")
    written: list[Path] = []
    for size in SIZES:
        is_wide = size == "wide"
        for name, draw in {**SCREENS, **(WIDE_LISTS if is_wide else {})}.items():
            for theme in ("light", "dark"):
                path = folder / f"{name}.{theme}.{size}.html"
                path.write_text(page(draw(), theme, is_wide, css), "utf-8")
                written.append(path)
    path = folder / "rtl.light.narrow.html"
    path.write_text(page(chat(TALK, PEOPLE), "light", False, css, "rtl"), "utf-8")
    return [*written, path]


def shoot(pages: list[Path]) -> None:
    from playwright.sync_api import sync_playwright

    flags = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        tab = browser.new_page()
        for path in pages:
            width, height = SIZES[path.name.split(".")[2]]
            tab.set_viewport_size({"width": width, "height": height})
            tab.goto(path.resolve().as_uri())
            tab.screenshot(path=str(path.with_suffix(".png")))
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--shoot", action="store_true")
    chosen = parser.parse_args()
    files = write(chosen.folder)
    if chosen.shoot:
        shoot(files)

from dataclasses import replace
from typing import get_args

import pytest

from tests.fakes.core import emote, room, said
from tests.fakes.screen import Person, act, by_class, by_tag, event, texts, words
from widget.model import ChatMessage, ChatState, Delivery, Flag
from widget.ui.chat_message import FLAG_TEXTS, MARKS, Shown, Ways, chat_message
from widget.ui.view import Node, UiEvent, attributes, to_html

OWL = emote("owlWave")


def ignore(event: UiEvent) -> None:
    """Not what is tested."""


NO_WAYS = Ways(ignore, ignore, ignore, lambda event, place, emotes: None)


SHOWN = Shown("09:30", True, False, True, {OWL.id: [OWL]}, ["Ada", "Ben"], "always")


def draw(message: ChatMessage, first: bool = True) -> Node:
    return chat_message(message, replace(SHOWN, first=first), NO_WAYS)


def test_text_is_a_text_node_whatever_it_says() -> None:
    attack = '<img src=x onerror="alert(1)"><script>1</script>'
    node = draw(said(1, "Ben", attack))
    assert words(by_class(node, "cw-bubble")[0]) == attack
    assert "<script" not in to_html(node)
    assert by_tag(node, "img") == []


def test_links_open_apart_and_tell_nothing() -> None:
    link = by_tag(draw(said(1, "Ben", "https://example.org")), "a")[0]
    assert attributes(link)["href"] == "https://example.org"
    assert attributes(link)["target"] == "_blank"
    assert set(attributes(link)["rel"].split(" ")) == {"noopener", "noreferrer", "nofollow", "ugc"}


def test_the_first_of_a_group_has_name_time_and_picture() -> None:
    node = draw(said(1, "Ben", "hello"))
    assert "Ben 09:30" in words(node)
    assert len(by_class(node, "cw-avatar")) == 1
    assert "Ben" not in words(draw(said(1, "Ben", "hello"), False))


def test_names_cannot_turn_the_line_around() -> None:
    node = draw(said(1, "\u202eneB", "hello"))
    assert by_tag(node, "bdi")[0].children == ["\u202eneB"]


def test_an_emote_of_the_message_is_a_picture_in_a_fixed_box() -> None:
    node = draw(said(1, "Ben", "hi owlWave", emote_ids=[OWL.id]))
    picture = attributes(by_tag(node, "img")[0])
    assert (picture["width"], picture["height"], picture["sizes"]) == ("28", "28", "28px")
    assert (picture["loading"], picture["decoding"], picture["referrerpolicy"]) == ("lazy", "async", "no-referrer")
    box = attributes(by_class(node, "cw-stack")[0])
    assert (box["role"], box["aria-label"], picture["alt"]) == ("img", "owlWave", "")


def test_emotes_that_lie_on_each_other_are_one_box_with_their_names_and_the_typed_text() -> None:
    rain = emote("Rain", zero_width=True, width=64)
    shown = replace(SHOWN, emotes={OWL.id: [OWL], rain.id: [rain]})
    node = chat_message(said(1, "Ben", "x owlWave  Rain", emote_ids=[OWL.id, rain.id]), shown, NO_WAYS)
    (box,) = by_class(node, "cw-stack")
    assert attributes(box)["aria-label"] == "owlWave, Rain"
    assert [attributes(picture)["width"] for picture in by_tag(box, "img")] == ["28", "56"]
    assert words(by_class(box, "cw-typed")[0]) == "owlWave  Rain"
    assert "".join(texts(by_class(node, "cw-bubble")[0])) == "x owlWave  Rain"


def test_emotes_of_the_site_are_pictures_too() -> None:
    own = emote("ours", provider="custom")
    message = said(1, "Ben", "ours", custom_emoji_ids=[own.id])
    assert len(by_tag(chat_message(message, replace(SHOWN, emotes={own.id: [own]}), NO_WAYS), "img")) == 1


def test_one_that_two_sets_call_differently_is_a_picture_by_either_name() -> None:
    """A channel gives an emote of everybody's a name of its own; the id is the same."""
    given = [emote("harbourWave"), replace(emote("WaveHello"), id=emote("harbourWave").id)]
    someone = Person(ChatState(
        authenticated=True, status="connected", room=room("r1", "Owls", 2), emotes=given,
        messages=[said(1, "Ben", "harbourWave WaveHello other", emote_ids=[given[0].id])],
    ))  # fmt: skip
    boxes = by_class(someone.screen, "cw-stack")
    assert [attributes(box)["aria-label"] for box in boxes] == ["harbourWave", "WaveHello"]


def test_an_id_that_the_catalogue_does_not_have_leaves_the_name() -> None:
    node = draw(said(1, "Ben", "other", emote_ids=["01ARZ3NDEKTSV4RRFFQ69G5FAV"]))
    assert by_tag(node, "img") == []
    assert words(by_class(node, "cw-bubble")[0]) == "other"


@pytest.mark.parametrize(("count", "height"), [(1, "48"), (8, "48"), (9, "28")])
def test_alone_a_few_emotes_are_large_and_a_wall_of_them_is_not(count: int, height: str) -> None:
    node = draw(said(1, "Ben", " ".join(["owlWave"] * count), emote_ids=[OWL.id]))
    assert {attributes(image)["height"] for image in by_tag(node, "img")} == {height}


def test_code_is_drawn_as_it_is_written() -> None:
    node = draw(said(1, "Ben", "try `rm <b>` or\n```sh\n@Ben https://a.example\n  owlWave\n```", emote_ids=[OWL.id]))
    span, block = by_tag(node, "code")
    assert (words(span), attributes(span)) == ("rm <b>", {"class": "cw-code-span", "dir": "ltr"})
    assert (words(block), attributes(block)["class"]) == ("@Ben https://a.example\n  owlWave", "cw-code-block")
    assert by_tag(node, "a") + by_tag(node, "img") + by_class(node, "cw-mention") == []


@pytest.mark.parametrize(("text", "code"), [
    ("```a```", "a"), ("```\na\n```", "a"), ("```js\n  a\n\n```", "  a"), ("```js\n```", "js"), ("```js\n\n```", "js"),
    ("```let a\nb```", "let a\nb"),
])  # fmt: skip
def test_a_block_of_code_drops_the_name_of_its_language(text: str, code: str) -> None:
    assert words(by_class(draw(said(1, "Ben", text)), "cw-code-block")[0]) == code


@pytest.mark.parametrize(("text", "is_large"), [
    ("\U0001f44d", True), ("owlWave \U0001f44d\U0001f3fd owlWave", True), ("owlWave", True), ("\U0001f44d ok", False),
    ("\U0001f44d" * 9, False), ("`\U0001f44d`", False), ("\U0001f44d @Ben", False),
])  # fmt: skip
def test_emoji_and_emotes_alone_are_large(text: str, is_large: bool) -> None:
    node = draw(said(1, "Ben", text, emote_ids=[OWL.id]))
    assert (len(by_class(node, "cw-large")) == 1) == is_large


def test_a_word_that_the_message_did_not_name_as_emote_stays_a_word() -> None:
    assert by_tag(draw(said(1, "Ben", "owlWave")), "img") == []


WORDS: dict[str, str] = {
    "sending": "Sending",
    "sent": "Sent",
    "delivered": "Delivered",
    "unheard": "Nobody here yet",
    "failed": "Not sent",
}


@pytest.mark.parametrize(("delivery", "word"), WORDS.items())
def test_my_messages_say_how_far_they_are(delivery: str, word: str) -> None:
    assert word in words(draw(said(1, "Ada", "hello", delivery=delivery)))


def test_every_way_a_message_can_stand_is_shown() -> None:
    assert {"received", *WORDS} == set(get_args(Delivery))


@pytest.mark.parametrize("delivery", MARKS)
def test_how_far_it_got_is_a_sign_whose_word_only_screen_readers_say(delivery: str) -> None:
    mark = by_class(draw(said(1, "Ada", "hello", delivery=delivery)), "cw-mark")[0]
    assert [attributes(sign)["class"] for sign in by_tag(mark, "svg")] == [f"cw-icon cw-icon-{delivery}"]
    assert [words(word) for word in by_class(mark, "cw-hidden")] == [WORDS[delivery]]


def test_others_messages_say_nothing_of_how_far_they_got() -> None:
    assert by_class(draw(said(1, "Ben", "hello")), "cw-mark") == []


def test_a_failed_message_can_be_sent_again() -> None:
    again: list[UiEvent] = []
    failed = said(1, "Ada", "hello", delivery="failed")
    ways = Ways(again.append, ignore, ignore, NO_WAYS.about)
    node = chat_message(failed, Shown("09:30", True, False, True, {}, [], "never"), ways)
    act(by_tag(node, "button")[0], event("click"))
    assert len(again) == 1


FLAGS: list[tuple[Flag, str]] = [
    ("late", "Came late"),
    ("clock", "clock is off"),
]


def test_every_flag_that_is_set_has_its_words() -> None:
    assert set(FLAG_TEXTS) == set(get_args(Flag)) == {flag for flag, _ in FLAGS}


@pytest.mark.parametrize(("flag", "sentence"), FLAGS)
def test_flags_are_words(flag: Flag, sentence: str) -> None:
    assert sentence in words(draw(said(1, "Ben", "hello", flags=[flag])))


def test_system_lines_have_no_author() -> None:
    node = draw(said(1, "Ben", "", type="system", sentence="{} let {1} in.", whom="Eve"))
    assert "".join(texts(node)) == "Ben let Eve in."
    assert [words(name) for name in by_tag(node, "bdi")] == ["Ben", "Eve"]
    assert "cw-system" in attributes(node)["class"]

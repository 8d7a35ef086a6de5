from dataclasses import replace

from tests.fakes.core import person, room, said
from tests.fakes.screen import Person, by_class, by_tag, event, words
from widget.core.namesakes import namesakes
from widget.model import ChatState, Participant
from widget.ui.view import attributes


def called(name: str, user_id: str) -> Participant:
    return replace(person(name), user_id=user_id)


def test_only_people_of_one_name_have_a_note() -> None:
    named = [("Ann", "a1b2c3"), ("ann", "d4e5f6"), ("Ben", "778899"), ("", "1"), ("", "2")]
    people = [called(name, user_id) for name, user_id in named]
    assert namesakes(people) == {"a1b2c3": "a1b2", "d4e5f6": "d4e5"}


def test_a_joiner_or_a_space_does_not_make_another_name() -> None:
    people = [called("می‌خ", "aaaa1"), called("میخ", "bbbb2"), called("Ann Lee", "cccc3"), called("AnnLee", "dddd4")]
    assert list(namesakes(people).values()) == ["aaaa", "bbbb", "cccc", "dddd"]


def test_the_list_of_people_tells_them_apart() -> None:
    people = [person("Ada"), called("Ann", "a1b2c3"), called("A\u200bnn", "d4e5f6"), person("Ben")]
    someone = Person(ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 4), participants=people))
    someone.app.client.people.on_toggle(event("click"))
    assert sorted(words(note) for note in by_class(someone.screen, "cw-note")) == ["a1b2", "d4e5"]


def test_their_messages_tell_them_apart() -> None:
    people = [person("Ada"), called("Ann", "a1b2c3"), called("Ann", "d4e5f6")]
    someone = Person(
        ChatState(authenticated=True, status="connected", room=room("r1", "Owls", 3), participants=people[:2])
    )
    messages = [replace(said(place, "Ann", "hello"), sender_id=one.user_id) for place, one in enumerate(people[1:])]
    someone.chat.become(messages=messages)
    assert by_class(someone.screen, "cw-note") == []
    someone.chat.become(participants=people)
    assert [words(note) for note in by_class(someone.screen, "cw-note")] == ["a1b2", "d4e5"]
    labels = [attributes(line)["aria-label"] for line in by_tag(someone.screen, "article")]
    assert [label.split(",")[0] for label in labels] == ["Ann a1b2", "Ann d4e5"]

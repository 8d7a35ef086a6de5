"""Events, frames and notes are written and read byte for byte alike, and refused alike."""

from __future__ import annotations

from dataclasses import replace

from widget.errors import CwError
from widget.room.kinds.text import TextBody, read_text, write_text
from widget.wire.event import Event, event_signed, size_of
from widget.wire.frame import read_content, write_content
from widget.wire.notes import Ask, Beat, BookPart, Fetch, Fork, Head, Heads, Note, read_note
from widget.wire.notes import is_note, tips_bytes, write_ask, write_beat, write_book, write_fetch, write_fork
from widget.wire.notes import write_heads, write_lack
from widget.wire.pair import Shown


def shown(note: Note) -> str:
    if isinstance(note, Beat):
        return f"beat {note.asks} {note.first} {note.last} {len(note.digests)} {note.digests[15]}"
    if isinstance(note, Heads):
        return "heads " + " ".join([f"{head.author}:{head.first}:{head.seq}:{head.id}" for head in note.heads])
    if isinstance(note, Fork):
        return f"fork {len(note.events)} {note.events[0].body} {note.events[1].body}"
    if isinstance(note, Fetch):
        return f"fetch {note.author} {note.first} {note.last}"
    if isinstance(note, Ask):
        return f"ask {note.book_hash}"
    if isinstance(note, BookPart):
        return f"book {note.is_last} {[len(shown.psk_proof) for shown in note.authors]} {len(note.events)}"
    return f"lack {note.author} {note.first} {note.last}"


def tried(number: int, data: bytes) -> None:
    try:
        print(number, len(read_content(data)) if number % 2 == 0 else shown(read_note(data)))
    except CwError as error:
        print(number, error.reason, error.code)


def main() -> None:
    body = write_text(TextBody("Gr\u00fc\u00dfe \U0001f642", ["Kappa"], ["ok-1", "_2"], "ab" * 16))
    print(body.hex(), read_text(body))
    event = Event(bytes(range(16)), "0f" * 16, 4294967295, "1e" * 16, "2d" * 16, 2**48 - 1, 1795000000001, 255, "3c" * 32)
    event.signature = bytes([7] * 64)
    full = replace(event, body=body, seq=1)
    print(event_signed(event).hex(), size_of(event), size_of(full), full.bare() == replace(event, seq=1))
    content = write_content([event, full, replace(full, body=b"")])
    print(len(content), content.hex())
    print([(back.seq, back.clock, back.at_ms, back.kind, back.body) for back in read_content(content)])
    head = Head("ab" * 16, 3, 2147483649, "cd" * 16)
    notes = [
        write_beat(True, 3, 4294967295, [f"{number:016x}" for number in range(16)]),
        write_heads([head, Head("00" * 16, 0, 0, "ff" * 16)]),
        write_fetch("ab" * 16, 1, 50),
        write_lack("ab" * 16, 0, 4294967295),
        write_fork(event, replace(event, body=b"x")),
        write_ask("ef" * 32),
        write_book(True, [Shown(b"SC", bytes(64)), Shown(b"", b"")], [full, event.bare()]),
    ]
    for note in notes:
        print(is_note(note), len(note), note[:40].hex(), shown(read_note(note)))
    print(tips_bytes([head]).hex(), is_note(b""), is_note(b"\x0f"), is_note(b"\x10"))
    tried(0, content[:-1])
    tried(2, content[:-1] + b"\x01")
    tried(4, b"\x01\x02" + content[2:])
    tried(6, bytes(128))
    tried(8, bytes(256))
    tried(1, notes[0][:1] + b"\x02" + notes[0][2:])
    tried(3, notes[1] + b"\x00")
    tried(5, b"\x14\x00")
    tried(7, b"\x15")
    tried(9, b"")

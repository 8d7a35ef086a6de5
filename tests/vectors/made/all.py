"""Every file of vectors."""

from __future__ import annotations

from tests.vectors.made.admissions import admissions
from tests.vectors.made.documents import identities, key_documents, rooms
from tests.vectors.made.ended import ended_lists
from tests.vectors.made.epochs import Epochs
from tests.vectors.made.events import contents, text_bodies
from tests.vectors.made.file import File
from tests.vectors.made.founded import blobs, epochs, geneses
from tests.vectors.made.frames import frames
from tests.vectors.made.greetings import handshakes
from tests.vectors.made.groups import grants
from tests.vectors.made.looks import looks
from tests.vectors.made.messages import client_messages
from tests.vectors.made.notes import decisions, notes
from tests.vectors.made.packets import binds, credentials, frame_headers, hellos, pair_packets, relays
from tests.vectors.made.people import People
from tests.vectors.made.said import logs, said_events
from tests.vectors.made.seals import sealed_calls, sealed_descriptions, sealed_replies
from tests.vectors.made.service_messages import server_messages
from tests.vectors.made.texts import addresses, alphabets, descriptions, service_keys
from tests.vectors.made.tokens import tokens


async def files(people: People) -> list[File]:
    return [*_read(people), *await _checked(people)]


def _read(people: People) -> list[File]:
    """What is read and written again."""
    packets = [hellos(people), binds(), credentials(people), pair_packets(), frame_headers(), relays()]
    said = [geneses(), epochs(people), blobs(people), contents(), text_bodies(), notes(), decisions()]
    texts = [addresses(people), service_keys(people), tokens(people), descriptions(), *alphabets()]
    return [*packets, *said, *texts, client_messages(), server_messages()]


async def _checked(people: People) -> list[File]:
    """What is checked with keys."""
    service = [key_documents(people), identities(people), await rooms(people), await admissions(people)]
    service.append(ended_lists(people))
    sealed = [await sealed_descriptions(people), sealed_replies(people), await sealed_calls(people)]
    made = Epochs(people)
    return [
        *service,
        *sealed,
        await handshakes(people),
        await said_events(people),
        await looks(people),
        await logs(people),
        await grants(made),
        await frames(made),
    ]

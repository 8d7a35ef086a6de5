"""The sizes and periods of a room's log; times in milliseconds."""

from __future__ import annotations

EVENTS_KEPT: int = 5000
EVENTS_WAITING: int = 256  # of one author, until a gap closes
EVENTS_IN_EPOCH: int = 2048  # of one session: a limit by time would let two members disagree on what counts
DECISIONS: int = 1024  # in a room's book; twice as many with moderators', three times with hosts'
DECISIONS_VOID: int = 16  # of one person, that do not count (yet)
GENERATIONS_AHEAD: int = 16  # the decisions that moderators have room for do not use up the 65,535
INVITE_EACH_MS: int = 5000  # who is next in line renews an invite so much later
PEOPLE_KNOWN: int = 500
DEVICES_KNOWN: int = 16  # of one person
BOOKS_KNOWN: int = 64
BOOK_BYTES: int = 8192  # of events in one note
BOOK_COST: int = 30  # showing it all counts as so many fetches
EVENTS_PER_S: int = 30  # news that one neighbour may bring, before any signature is checked
EVENTS_BURST: int = 300
GUEST_EACH_MS: int = 3000  # a guest says one event
GUEST_BURST: int = 20  # so many at once
GUEST_AT_ONCE: int = 2 * GUEST_BURST  # that others take: some may have been held up for a minute
GUEST_MET_MS: int = 60000  # for so long who was met may bring what was said before
CLOCK_STEP: int = 1048576  # an event so many ms ahead of the room waits; the service may be 15 minutes off

SAID_EACH_MS: int = 36  # mine, just below what others take from one neighbour
SAID_BURST: int = 240
FRAME_EVENTS: int = 50  # in one frame, as far as they fit

BEAT_SOON_MS: int = 64  # what comes together is told together
BEAT_EACH_MS: int = 250
DIFFERS_MS: int = 1000  # two logs that differ for so long are compared in full
AGAIN_MS: int = 3000  # what was not answered is said again
FETCH_EVENTS: int = 50  # asked for at a time
FETCH_MS: int = 2000  # an answer that takes longer is asked of somebody else
FETCH_LONG_MS: int = 20000  # and so are all answers together, however steadily they drip
UNREAD_MS: int = 600  # who holds an older epoch than others asks for theirs within 500
GAP_MS: int = 250  # what is missing before an event may still be on its way
BAD_SIGNATURES: int = 3  # of one neighbour, then nothing of it is read for:
BAD_REST_MS: int = 60000

LATE_MS: int = 10000  # what lands above lines that were shown for so long came late
CLOCK_FLAG_MS: int = 300000  # an author's time that is so far from mine is marked
SNAPSHOT_EACH: int = 256
SNAPSHOTS: int = 22
ITEMS_KEPT: int = 10000  # on the screen
EPOCHS_KNOWN: int = 512
FETCH_BURST: int = 120  # of one member
FETCH_EACH_MS: int = 33
ASKS: int = 64  # open at a time
NEVER_MS: int = 2**52
KEPT_MS: int = 604800000  # on the disk: a week
KEPT_OF_ONE: int = 1000  # events of one person there
SEGMENT_EVENTS: int = 64  # written together
SEGMENTS: int = 80  # the newest, which is what EVENTS_KEPT takes
SLOTS: int = 8  # rooms on one disk: one a tab
SAVE_SOON_MS: int = 20  # what I said
SAVE_MS: int = 300  # what others said
DRAFT_SAVE_MS: int = 500
DRAFT_CHARS: int = 20000
RESUME_MS: int = 10000  # after a reload others have so long to show that they have what I was saying

SHOWN_LINES: int = 20  # to a visitor
SHOWS_BURST: int = 10  # visitors a minute, whatever the service asks for
SHOW_EACH_MS: int = 6000

HISTORY_EVENTS: int = 200  # that who comes later may read
HISTORY_MS: int = 86400000

"""What must never happen to the honest, whatever the links and the liars do."""

from __future__ import annotations

from enum import StrEnum


class Breach(StrEnum):
    # logs and screens
    NOT_ONE_ROOM = "honest members did not end in one room"
    LATE = "they became one room too late"
    SHOWN_TWICE = "a line is on the screen twice"
    SENT_THEN_MISSING = "a line that was called sent is missing although somebody has it"
    ONLY_MINE = "a line was called sent and only its author had it"
    BEFORE_HE_CAME = "the author of a line was not in the epoch that it was written in"
    MISPLACED = "a line stands farther above one that was said before it than a leap of a clock explains"
    END_OF_CLOCK = "somebody drove the clock of the room to its end"
    END_OF_NUMBERS = "half of the numbers that epochs can have is used up"
    TOO_MANY_WAIT = "more events wait than there is room for"
    OVERWORKED = "a member checks more events that nobody asked for than it has to"
    RESTLESS = "a room at rest sends more than beats"

    # who reads
    SEALED_FOR_REMOVED = "a text went to somebody who was removed"
    SEALED_FOR_UNSEEN = "a text went to somebody whose credential nobody had seen"
    SHARED_WITH_REMOVED = "a member shares an epoch with somebody of whom it knows that he was removed"
    LEFT_PUT_BACK = "a session that had left was put back"
    HISTORY_LEAK = "a body is with somebody who was not there"
    REMOVED_STILL_HEARD = "a line that was said after the removal is shown"

    # liars
    HONEST_CALLED_LIAR = "an honest session is taken for a liar, or for gone"
    HONEST_REMOVED = "an honest person counts as removed"

    # no breach: where all who held a line are gone, it is gone
    HOLDERS_DIED = "a line that was called sent died with all who had it"

"""A rule that is taken out lets the adversary win: so it is looked for where the rules are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from tests.adversary import test_faults, test_lies, test_powers, test_races, test_seat, test_service, test_two_faced
from tests.adversary.lies import epoch_with, false_pulse, stranger, swapped, unknown_book
from widget.core.service_clock import ServiceClock
from widget.crypto.decisions import Decisions
from widget.crypto.epoch_rules import find_roster
from widget.crypto.event import named
from widget.crypto.frames import Frames
from widget.crypto.membership import Membership
from widget.crypto.presence import Presence
from widget.crypto.session import PeerSession
from widget.ports import Crypto
from widget.room.book import Book
from widget.room.limits import EVENTS_BURST
from widget.room.rulings import Rulings
from widget.wire.epoch import Epoch
from widget.wire.event import Event

pytestmark = pytest.mark.no_cover
SEEDS = 12
Trial = Callable[[int], Awaitable[None]]


class Everybody:
    """Is let in."""

    def lets_in(self, peer: PeerSession) -> bool:
        return True


def anybody(epoch: Epoch, membership: Membership, decisions: Decisions) -> tuple[list[PeerSession], list[str]]:
    return find_roster(epoch, membership, Everybody())  # type: ignore[arg-type]


def by_name(epoch: Epoch, membership: Membership, decisions: Decisions) -> tuple[list[PeerSession], list[str]]:
    """Whatever the credential is."""
    known = {sid: membership.find(sid) for sid in epoch.roster}
    roster = {sid: name if (peer := known[sid]) is None else peer.credential_hash for sid, name in epoch.roster.items()}
    return find_roster(replace(epoch, roster=roster), membership, decisions)


def whoever(epoch: Epoch, membership: Membership, decisions: Decisions) -> tuple[list[PeerSession], list[str]]:
    """Also who is not verified."""
    return find_roster(epoch, membership, decisions)[0], []


def gladly(frames: Frames, frame_type: int, via_sid: str, length: int, now_ms: int) -> None:
    frames._asked[via_sid] = 1000


async def whole(crypto: Crypto, events: list[Event]) -> list[tuple[str, bool]]:
    return [(name, True) for name, _is_whole in await named(crypto, events)]


def by_place(rulings: Rulings) -> list[str]:
    """The removals that stand below the invite."""
    renewed = "" if rulings.invite is None else rulings.invite.entry.place
    return [one.entry.id for some in rulings.removals.values() for one in some if one.entry.place > renewed]


def while_there_is_room(book: Book, ruling: object) -> bool:
    """For whoever comes first."""
    return len(book._rulings) < test_powers.SMALL_BOOK


async def whenever(presence: Presence, peer: PeerSession, pulse: object, now_ms: int) -> bool:
    """Of whatever time."""
    return presence._membership.was_heard(peer, now_ms)


def its_own(clock: ServiceClock) -> int:
    return clock._clock.now_ms()


async def unchecked(_crypto: object, said: list[object]) -> list[bool]:
    return [True for _ in said]


async def forgery(*given: object) -> bool:
    return True


def nothing(*given: object) -> None:
    return


def no(*given: object) -> bool:
    return False


def everything(*given: object) -> bool:
    return True


def having(trial: Callable[..., Awaitable[None]], *given: object) -> Trial:
    """That trial, of that kind."""
    return lambda seed: trial(seed, *given)


async def removal_alone(seed: int) -> None:
    """That whom one saw go comes back by a sign of life alone would hold those who were removed out, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("widget.crypto.keyring.leaves_out", lambda *given: False)
        await removal(seed)


def patching(trial: Callable[[pytest.MonkeyPatch, int], Awaitable[None]]) -> Trial:
    async def played(seed: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            await trial(patch, seed)

    return played


talk = test_seat.test_one_lying_member_parts_and_silences_nobody
patience = test_seat.test_a_patient_liar_parts_and_silences_nobody
removal = test_seat.test_a_lying_member_brings_back_nobody_who_was_removed
hiding = having(test_service.test_a_lying_service_loses_nothing_and_lets_nobody_in, True)
two_faced = test_two_faced.test_who_makes_two_epochs_of_one_is_out_and_the_others_have_one_key
soon = test_two_faced.test_most_of_such_lies_are_over_within_a_second
row = test_two_faced.test_who_makes_one_after_the_other_for_two_halves_parts_nobody
framed = test_lies.test_nobody_is_called_a_liar_for_what_another_signed
last = test_lies.test_who_is_last_in_line_changes_no_key
often = test_lies.test_who_is_first_changes_the_key_only_so_often
unproved = test_lies.test_an_epoch_with_what_nobody_can_verify_is_not_used
stories = test_lies.test_who_tells_two_stories_is_out_and_all_see_the_same
goodbye = test_lies.test_who_says_goodbye_to_some_is_gone_for_all
clock = test_lies.test_a_clock_at_its_end_silences_nobody
gone = test_lies.test_nobody_is_brought_back_who_went_without_a_word
true_words = test_lies.test_true_words_prove_no_lie
flood = test_lies.test_a_member_brings_only_so_much_unasked
invite = test_lies.test_nobody_is_let_in_without_the_invite
approval = test_lies.test_nobody_is_let_in_whom_no_host_lets_in
words = test_lies.test_words_that_nobody_signed_are_shown_to_nobody
back = having(gone, epoch_with)
much = having(flood, False, EVENTS_BURST + 2)
outside = test_powers.test_nobody_speaks_whom_no_host_lets_in
renewal = test_powers.test_no_moderator_keeps_the_removed_their_invite
for_ever = test_powers.test_no_moderator_lets_in_for_ever
full = patching(test_powers.test_no_moderator_takes_the_room_for_what_a_host_decides)
race = patching(test_races.test_who_is_removed_while_she_makes_the_keys_reads_nothing_more)
revoked = patching(test_races.test_whose_key_is_withdrawn_in_mid_talk_is_out_within_a_minute_whoever_helps)
lifeless = test_powers.test_an_old_sign_of_life_keeps_nobody_in
faults = test_faults.test_a_lying_member_parts_nobody_whose_page_stalls_or_comes_anew

RULES: list[tuple[str, str, object, Trial]] = [
    ("who may read is on the list", "widget.crypto.group.Group.unseen", lambda group: [], hiding),
    ("members decide nothing about others", "widget.room.rulings.Rulings.may", everything, talk),
    ("only moderators have power", "widget.room.rulings.Rulings._has_power", everything, talk),
    ("nobody removed is let in", "widget.room.book.Book.lets_in", everything, removal),
    ("nobody removed in an epoch", "widget.crypto.keyring.find_roster", anybody, removal_alone),
    ("numbers follow the room's age", "widget.crypto.states.most_n", lambda *given: 2**32 - 1, talk),
    ("I am in an epoch, and it is of this room", "widget.crypto.keyring.check_shape", nothing, patience),
    ("numbers rise, and not too far", "widget.crypto.keyring.check_number", nothing, patience),
    ("its secret is the one it was made with", "widget.crypto.keyring.same", everything, patience),
    ("who was just heard is left out of none", "widget.crypto.keyring.leaves_out", lambda *given: False, patience),
    ("two epochs of one are a lie", "widget.crypto.issued.Issued.note", nothing, two_faced),
    ("others hear of it at once", "widget.crypto.states.States.tell_some", nothing, soon),
    ("who is behind asks", "widget.crypto.states.write_whole", lambda: b"", row),
    ("its author signed it", "widget.room.intake.are_signed", unchecked, talk),
    ("an epoch's issuer signed it", "widget.crypto.liars.Liars._is_true", forgery, framed),
    ("who is not in turn makes none", "widget.crypto.keyring.check_rank", nothing, last),
    ("a neighbour brings only so many epochs", "widget.crypto.keyring.Keyring._has_turn", everything, often),
    ("its decisions are held", "widget.room.book.Book.holds", everything, having(unproved, unknown_book)),
    ("nobody has another credential in it", "widget.crypto.keyring.find_roster", by_name, having(unproved, swapped)),
    ("everybody in it is verified", "widget.crypto.keyring.find_roster", whoever, having(unproved, stranger)),
    ("who went comes back by their own word", "widget.crypto.membership.Membership.is_gone", no, back),
    ("a sign of life is its owner's", "widget.crypto.presence.signed", forgery, having(gone, false_pulse)),
    ("an invite is proved", "widget.crypto.invites.Invites.admit", forgery, invite),
    ("a host lets in", "widget.crypto.keyring.find_roster", anybody, approval),
    ("two true epochs are no lie", "widget.crypto.liars.contradicts", everything, true_words),
    ("two true lines are no lie", "widget.room.replica.contradicts", lambda one, other: 1, true_words),
    ("two stories end a log", "widget.room.replica.Replica._fork", nothing, stories),
    ("words are those that were signed", "widget.room.intake.named", whole, words),
    ("a neighbour brings only so much", "widget.room.intake.Intake.welcomes", everything, much),
    ("what nobody asked for is no answer", "widget.crypto.frames.Frames._pay", gladly, having(flood, True, 0)),
    ("who keeps somebody in is told why not", "widget.crypto.liars.Liars.tell", nothing, goodbye),
    ("who was not let in says nothing", "widget.room.rulings.Rulings.hides", no, outside),
    ("an invite names what it comes after", "widget.room.rulings.Rulings.unrenewed", by_place, renewal),
    ("who was removed is let in anew", "widget.room.rulings.Rulings.standing", lambda *given: "in", for_ever),
    ("nobody uses up the hosts' room", "widget.room.book.Book._has_room", while_there_is_room, full),
    ("nothing is said to the removed", "widget.crypto.group.Group.is_lawful", everything, race),
    ("a newer list of keys counts", "widget.crypto.credentials.Credentials.use_trust", no, revoked),
    ("a sign of life counts from its time", "widget.crypto.presence.Presence.heard", whenever, lifeless),
    ("a clock far ahead waits", "widget.room.log.CLOCK_STEP", 2**48, clock),
    ("a device's clock may be set", "widget.core.service_clock.ServiceClock.now_ms", its_own, faults),
]


@pytest.mark.parametrize(("patched", "by", "trial"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES])
async def test_a_rule_that_is_taken_out_is_missed(
    monkeypatch: pytest.MonkeyPatch, patched: str, by: object, trial: Trial
) -> None:
    monkeypatch.setattr(patched, by)
    for seed in range(SEEDS):
        try:
            await trial(seed)
        except Exception:
            return
    pytest.fail("nobody missed it")

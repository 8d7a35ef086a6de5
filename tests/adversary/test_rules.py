"""A rule that is taken out lets the adversary win: so it is looked for where the rules are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from tests.adversary.test_lies import (
    test_a_clock_at_its_end_silences_nobody as clock,
)
from tests.adversary.test_lies import (
    test_an_epoch_with_decisions_that_nobody_holds_is_not_used as book,
)
from tests.adversary.test_lies import (
    test_nobody_is_called_a_liar_for_what_another_signed as framed,
)
from tests.adversary.test_lies import (
    test_who_is_first_changes_the_key_only_so_often as often,
)
from tests.adversary.test_lies import (
    test_who_is_last_in_line_changes_no_key as last,
)
from tests.adversary.test_lies import (
    test_who_tells_two_stories_is_out_and_all_see_the_same as stories,
)
from tests.adversary.test_seat import (
    test_a_lying_member_brings_back_nobody_who_was_removed as removal,
)
from tests.adversary.test_seat import (
    test_a_patient_liar_parts_and_silences_nobody as patience,
)
from tests.adversary.test_seat import (
    test_one_lying_member_parts_and_silences_nobody as talk,
)
from tests.adversary.test_service import (
    test_a_lying_service_loses_nothing_and_lets_nobody_in as service,
)
from tests.adversary.test_two_faced import (
    test_who_makes_one_after_the_other_for_two_halves_parts_nobody as row,
)
from tests.adversary.test_two_faced import (
    test_who_makes_two_epochs_of_one_is_out_and_the_others_have_one_key as two_faced,
)
from widget.crypto.decisions import Decisions
from widget.crypto.epoch_rules import find_roster
from widget.crypto.membership import Membership
from widget.crypto.session import PeerSession
from widget.wire.epoch import Epoch

pytestmark = pytest.mark.no_cover
SEEDS = 12
Trial = Callable[[int], Awaitable[None]]


class Everybody:
    """Is let in."""

    def lets_in(self, peer: PeerSession) -> bool:
        return True


def anybody(epoch: Epoch, membership: Membership, decisions: Decisions) -> tuple[list[PeerSession], list[str]]:
    return find_roster(epoch, membership, Everybody())  # type: ignore[arg-type]


async def unchecked(_crypto: object, said: list[object]) -> list[bool]:
    return [True for _ in said]


async def forgery(*given: object) -> bool:
    return True


def nothing(*given: object) -> None:
    return


def everything(*given: object) -> bool:
    return True


async def hiding(seed: int) -> None:
    """The service carries every message, and lies."""
    await service(seed, True)


async def removal_alone(seed: int) -> None:
    """That whom one saw go comes back by a sign of life alone would hold those who were removed out, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("widget.crypto.keyring.leaves_out", lambda *given: False)
        await removal(seed)


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
    ("others hear of it at once", "widget.crypto.states.States.tell_some", nothing, row),
    ("who is behind asks", "widget.crypto.states.write_whole", lambda: b"", row),
    ("its author signed it", "widget.room.intake.are_signed", unchecked, talk),
    ("an epoch's issuer signed it", "widget.crypto.liars.Liars._is_true", forgery, framed),
    ("who is not in turn makes none", "widget.crypto.keyring.check_rank", nothing, last),
    ("a neighbour brings only so many epochs", "widget.crypto.keyring.Keyring._has_turn", everything, often),
    ("its decisions are held", "widget.room.book.Book.holds", everything, book),
    ("two stories end a log", "widget.room.replica.Replica._fork", nothing, stories),
    ("a clock far ahead waits", "widget.room.log.CLOCK_STEP", 2**48, clock),
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

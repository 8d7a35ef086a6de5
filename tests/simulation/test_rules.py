"""Each rule is needed: taken out, something breaks that it was made to keep whole."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.simulation.breach import Breach
from tests.simulation.kinds import KINDS
from tests.simulation.rules import NAMES, Rules
from tests.simulation.trial import broken

# The model is none of the code that is measured, and tracing it takes as long as it does.
pytestmark = pytest.mark.no_cover


class Needed(NamedTuple):
    """Without `rule`, this kind with this seed breaks that. Of all that were found, one that is soon played."""

    rule: str
    kind: str
    seed: int
    breach: Breach


NEEDED = (
    Needed("author_is_in_roster", "newcomer_backdates", 1, Breach.BEFORE_HE_CAME),
    Needed("clocks_follow_age", "partitions", 0, Breach.MISPLACED),
    Needed("far_clocks_wait", "push_parted", 0, Breach.END_OF_CLOCK),
    Needed("age_bounds_clocks", "liar_push", 0, Breach.MISPLACED),
    Needed("events_of_an_epoch_are_capped", "liar_flood", 2, Breach.NOT_ONE_ROOM),
    Needed("who_hands_over_pays", "liar_flood", 1, Breach.OVERWORKED),
    Needed("fork_ends_the_log", "liar_equivocate", 0, Breach.NOT_ONE_ROOM),
    Needed("fork_leaves_what_was_before", "forks_late", 1, Breach.NOT_ONE_ROOM),
    Needed("logs_are_compared", "founder_farahead", 0, Breach.NOT_ONE_ROOM),
    Needed("another_is_asked_each_try", "steward_withhold", 0, Breach.SENT_THEN_MISSING),
    Needed("full_answers_are_followed", "liar_patience", 64, Breach.NOT_ONE_ROOM),
    Needed("logs_begin_where_the_chain_does", "lie_heads_none", 17, Breach.NOT_ONE_ROOM),
    Needed("two_others_make_sent", "liar_withhold", 2, Breach.ONLY_MINE),
    Needed("others_are_people", "two_devices", 21, Breach.ONLY_MINE),
    Needed("bodies_go_by_policy", "none_history", 1, Breach.HISTORY_LEAK),
    Needed("missing_bodies_are_asked_for", "none_history", 46, Breach.SENT_THEN_MISSING),
    Needed("power_comes_from_the_book", "mod_backdates", 2, Breach.HONEST_REMOVED),
    Needed("nothing_counts_after_the_cut", "kicked_backdates", 44, Breach.REMOVED_STILL_HEARD),
    Needed("cut_hides", "mod_backdates", 118, Breach.SENT_THEN_MISSING),
    Needed("nobody_seals_for_removed", "kick_race", 0, Breach.SEALED_FOR_REMOVED),
    Needed("book_comes_before_epoch", "kick_race", 1, Breach.SHARED_WITH_REMOVED),
    Needed("pulses_count", "server_hides", 3, Breach.NOT_ONE_ROOM),
    Needed("pulses_have_an_age", "carried_pulse", 15, Breach.LEFT_PUT_BACK),
    Needed("silence_ends", "churn", 0, Breach.NOT_ONE_ROOM),
    Needed("silence_is_asked_after", "asked_server_selective", 8, Breach.NOT_ONE_ROOM),
    Needed("last_epoch_names", "asked_all_faults", 173, Breach.LEFT_PUT_BACK),
    Needed("ended_are_out", "device_ended", 1, Breach.NOT_ONE_ROOM),
    Needed("credentials_come_first", "churn", 0, Breach.SEALED_FOR_UNSEEN),
    Needed("claims_only_make_ask", "liar_farahead", 5, Breach.HONEST_CALLED_LIAR),
    Needed("numbers_are_used_once", "partitions", 16, Breach.HONEST_CALLED_LIAR),
    Needed("one_epoch_follows_one", "liar_lockout", 23, Breach.HONEST_CALLED_LIAR),
    Needed("two_of_one_end_the_issuer", "steward_fork", 1, Breach.NOT_ONE_ROOM),
    Needed("others_take_over", "steward_withhold", 0, Breach.NOT_ONE_ROOM),
    Needed("needs_keep_their_clock", "steward_stall", 0, Breach.NOT_ONE_ROOM),
    Needed("turns_count_people", "many_sessions", 0, Breach.LATE),
    Needed("nobody_is_brought_back", "steward_stall", 4, Breach.NOT_ONE_ROOM),
    Needed("numbers_follow_age", "founder_farahead", 5, Breach.END_OF_NUMBERS),
    Needed("secrets_end_with_their_epoch", "carried_pulse", 481, Breach.RESTLESS),
    Needed("rivals_leave_nobody_out", "steward_stall", 238, Breach.LATE),
    Needed("same_roster_needs_a_reason", "steward_stall", 0, Breach.NOT_ONE_ROOM),
    Needed("fewer_yield", "steward_liebook", 3, Breach.NOT_ONE_ROOM),
)

# Taken out alone, they broke nothing in any kind: what they keep whole is kept by others too, or was never tried.
MISSED_BY_NOBODY = {
    "digests_cover_proofs": "proofs also go to everybody at once, with each comparison of heads, and with each refusal",
    "nobody_heard_is_left_out": "who makes two epochs after one is a liar, and a smaller epoch yields",
    "turns_are_kept": "honest members keep their turns, and the epochs of liars fall by other rules",
    "newcomers_excuse_the_turn": "a split is settled by yielding",
}


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.rule)
def test_without_the_rule_something_breaks(needed: Needed) -> None:
    kind = KINDS[needed.kind]
    assert broken(kind, needed.seed) == set()
    assert needed.breach in broken(kind, needed.seed, Rules().without(needed.rule))


def test_every_rule_was_tried() -> None:
    assert sorted([needed.rule for needed in NEEDED] + list(MISSED_BY_NOBODY)) == sorted(NAMES)

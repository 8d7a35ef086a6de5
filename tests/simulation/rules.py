"""The rules of the room that a run may be without, to see that each of them is needed."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Rules:
    """True: the rule holds. What breaks where it does not is in `test_rules.py`."""

    # events
    author_is_in_roster: bool = True  # the epoch of an event has its author
    clocks_follow_age: bool = True  # nobody honest writes into the time before he came, or was cut off
    far_clocks_wait: bool = True  # an event whose clock is too far ahead waits for its time
    age_bounds_clocks: bool = True  # ahead of the room's age, which all know, and not of what a member holds
    events_of_an_epoch_are_capped: bool = True
    who_hands_over_pays: bool = True  # unasked events have a budget for each member that hands them over

    # logs
    fork_ends_the_log: bool = True  # two events in one place end their author
    fork_leaves_what_was_before: bool = True  # heads still tell what is held below a fork
    digests_cover_proofs: bool = True
    logs_are_compared: bool = True  # heads and wants: what was lost is fetched
    another_is_asked_each_try: bool = True
    full_answers_are_followed: bool = True  # by the next question, without waiting for the next beat
    logs_begin_where_the_chain_does: bool = True  # where a log begins is nobody's word
    two_others_make_sent: bool = True
    others_are_people: bool = True  # who else has a line: not their sessions, and not another device of its author
    bodies_go_by_policy: bool = True  # no body for who was not there, where the history is nobody's
    missing_bodies_are_asked_for: bool = True

    # book
    power_comes_from_the_book: bool = True  # and not from the order of clocks
    nothing_counts_after_the_cut: bool = True
    cut_hides: bool = True  # and deletes nothing: the removal may turn out void
    nobody_seals_for_removed: bool = True
    book_comes_before_epoch: bool = True  # an epoch is taken by who holds the decisions that it was made with

    # who is here
    pulses_count: bool = True  # a new sign of life through others counts as presence
    pulses_have_an_age: bool = True  # passed on, a sign of life is as old as it was
    silence_ends: bool = True  # who was not heard for long, by nobody who tells, is not here
    silence_is_asked_after: bool = True  # where signs of life are asked for: of whom one does not hear, and of others
    last_epoch_names: bool = True  # whom I know by epochs alone is here while the one that I use names him
    ended_are_out: bool = True  # no epoch has a session whose device was signed out from elsewhere
    credentials_come_first: bool = True
    claims_only_make_ask: bool = True  # a number that somebody names is not a number that is used

    # epochs
    numbers_are_used_once: bool = True
    one_epoch_follows_one: bool = True  # an issuer follows one epoch with one epoch
    two_of_one_end_the_issuer: bool = True  # two epochs of one number, or after one, are a lie
    others_take_over: bool = True  # who is next issues when the steward does not
    needs_keep_their_clock: bool = True  # only the fulfilment of a need stops its clock
    nobody_is_brought_back: bool = True  # who is not here, and not in my epoch, is in no other that I take
    numbers_follow_age: bool = True  # a number is bounded by the age of the room
    nobody_heard_is_left_out: bool = True
    secrets_end_with_their_epoch: bool = True  # nobody grants an epoch that he does not use any more
    rivals_leave_nobody_out: bool = True  # who is here but was not just heard counts too, if the epoch does not follow
    turns_count_people: bool = True  # a place in the line is the number of people before, not of their sessions
    turns_are_kept: bool = True  # an epoch out of turn is taken only when it is due
    newcomers_excuse_the_turn: bool = True
    same_roster_needs_a_reason: bool = True  # or two who use it
    fewer_yield: bool = True  # the epoch that more people announce wins

    def without(self, *names: str) -> Rules:
        return replace(self, **dict.fromkeys(names, False))


NAMES = tuple(field.name for field in fields(Rules))

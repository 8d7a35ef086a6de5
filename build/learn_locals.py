"""Tries letters for local variables until gzip makes less of the script: `python -m build locals`."""

from __future__ import annotations

import math
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from build.compiler.shorten import LETTERS
from build.compress import usual_gzip_size
from build.learn_letters import MOST
from build.locals import Locals, Variable, read_variables, said, spelled
from build.minify import Piece

TRIES = 90_000
# How often what is known of the letters' neighbours is reckoned anew, and what is found written down.
ROUNDS = 12
# Bytes too many that one try in three is forgiven, at the begin.
WARMTH = 0.5
# How much of the text before and behind a letter is looked at, and how much it counts where both are the same.
AROUND = (((4, 2), 1), ((6, 0), 1), ((3, 3), 1), ((0, 5), 1), ((8, 2), 2), ((2, 6), 2))
# Of the letters that stand between the same neighbours the best is tried, and as often one of so many.
MOST_FITTING = 6


# A try is measured where it is: from the begin of a block of so many bytes on, with what gzip remembers before it, to
# some blocks behind it. That takes a third of the time that all takes.
BLOCK, BEHIND, REMEMBERED = 4096, 9, 1 << 15


class Trial:
    """A script whose letters change; `letters` are those of its variables."""

    def __init__(self, code: str, variables: Sequence[Variable]) -> None:
        self.variables = variables
        self.letters = [one.name for one in variables]
        self.text = bytearray(code, "ascii")
        self.own = [index for index, one in enumerate(variables) if one.is_own]
        self._sizes: dict[tuple[int, int], int] = {}  # of what was measured and has not changed

    def swapped(self, index: int, letter: str) -> dict[int, str]:
        """This letter for this variable. Who must not have it too gets the other; nothing where that is no way."""
        letters, variables = self.letters, self.variables
        other = {letters[index]: letter, letter: letters[index]}
        changed = {index: letter}
        waiting = [index]
        while len(waiting) > 0 and len(changed) <= MOST:
            one = waiting.pop()
            for near in variables[one].near:
                if near not in changed and letters[near] == changed[one]:
                    changed[near] = other[letters[near]]
                    waiting.append(near)
        is_way = letter != letters[index] and len(waiting) == 0 and all(map(self._may, changed.items()))
        return changed if is_way and self._is_sound(changed) else {}

    def change(self, changed: dict[int, str]) -> None:
        for index, letter in changed.items():
            self.letters[index] = letter
            for place in self.variables[index].places:
                self.text[place] = ord(letter)

    def attempt(self, changed: dict[int, str], warmth: float, chance: random.Random) -> None:
        """Keeps it where it is better, or not much worse."""
        places = [place for index in changed for place in self.variables[index].places]
        span = min(places) // BLOCK * BLOCK, (max(places) // BLOCK + BEHIND) * BLOCK
        size = self._sizes.get(span) or self._packed(*span)
        self._sizes[span] = size
        before = {index: self.letters[index] for index in changed}
        self.change(changed)
        tried = self._packed(*span)
        if tried <= size or (warmth > 0 and chance.random() < math.exp((size - tried) / warmth)):
            self._sizes = {key: size for key, size in self._sizes.items() if not _meet(key, span)}
            self._sizes[span] = tried
        else:
            self.change(before)

    def fitting(self) -> Callable[[int], list[str]]:
        """By variable the letters that stand oftenest between what it stands between."""
        seen: dict[tuple[int, bytes, bytes], Counter[int]] = defaultdict(Counter)
        for index in self.own:
            for place in self.variables[index].places:
                for context in self._contexts(place):
                    seen[context][self.text[place]] += 1

        def fits(index: int) -> list[str]:
            weights: dict[str, float] = defaultdict(float)
            for place in self.variables[index].places:
                for context in self._contexts(place):
                    for letter, count in seen[context].items():
                        others = max(0, count - (letter == self.text[place]))  # the text may have changed since
                        weights[chr(letter)] += AROUND[context[0]][1] * math.log(1 + others)
            found = [letter for letter in weights if letter in LETTERS and letter != self.letters[index]]
            return sorted(found, key=lambda letter: -weights[letter])[:MOST_FITTING]

        return fits

    def _contexts(self, place: int) -> Iterator[tuple[int, bytes, bytes]]:
        for which, ((before, after), _) in enumerate(AROUND):
            yield which, bytes(self.text[place - before : place]), bytes(self.text[place + 1 : place + 1 + after])

    def _may(self, change: tuple[int, str]) -> bool:
        one = self.variables[change[0]]
        return one.is_own and change[1] not in one.foreign

    def _is_sound(self, changed: dict[int, str]) -> bool:
        return all(
            changed.get(near, self.letters[near]) != letter
            for index, letter in changed.items()
            for near in self.variables[index].near
        )

    def _packed(self, start: int, end: int) -> int:
        known = bytes(self.text[max(0, start - REMEMBERED) : start])
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, known)
        return len(packer.compress(bytes(self.text[start:end]))) + len(packer.flush())


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Is something of the other in what the one was measured by?"""
    return one[0] - REMEMBERED < other[1] and other[0] < one[1]


def learned_locals(script: Piece, known: Locals, tries: int, tell: Callable[[str], object]) -> Iterator[Locals]:
    """Better and better letters from these on for this script, always the same for as many tries."""
    chance = random.Random(tries)  # noqa: S311 - nothing secret
    code = spelled(script, known).code
    trial = Trial(code, read_variables(code))
    least = usual_gzip_size(code.encode("utf-8"))
    tell(f"{least:,} bytes before\n")
    for turn in range(ROUNDS):
        fits = trial.fitting()
        for left in range(tries // ROUNDS, 0, -1):
            index = chance.choice(trial.own)
            letters = fits(index)
            if len(letters) > 0:
                letter = letters[0] if chance.random() < 0.5 else chance.choice(letters)
                cold = (turn + 1 - left * ROUNDS / tries) / (ROUNDS - 1)
                changed = trial.swapped(index, letter)
                if len(changed) > 0:
                    trial.attempt(changed, WARMTH * max(0.0, 1 - cold), chance)
        found = usual_gzip_size(bytes(trial.text))
        tell(f"{found:,} bytes\n")
        if found < least:
            least = found
            yield said(script, trial.variables, trial.letters)

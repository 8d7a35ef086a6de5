"""Tries letters for the properties of our classes until gzip makes less of the script: `python -m build letters`."""

from __future__ import annotations

import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from build.compiler.program import Program
from build.compiler.shorten import LETTERS, Speller, beside_each, called, short_names
from build.compiler.slots import Slot, Slots
from build.compress import usual_gzip_size
from build.letters import Letters
from build.minify import Piece

TRIES = 24_000
ROUNDS = 2
# Bytes too many that one try in three is forgiven, at the begin of each round.
WARMTH = 0.7
# Finds nearly what 9 finds in half the time.
LEVEL = 7
# A try takes the letter that stands most often between what this one stands between, and as often one of so many.
MOST_FITTING = 6
# How often these are reckoned anew.
SWEEPS = 6
# How much of the text before and behind a letter is looked at, and how much it counts where both are the same.
AROUND = (((4, 2), 1), ((6, 0), 1), ((3, 3), 1), ((0, 5), 1), ((8, 2), 2), ((2, 6), 2))
# More that change at once seldom help.
MOST = 40
# Two scripts are the same again where as many tokens are alike; what only one of them has is no further than that.
ALIKE, FAR = 24, 400
TOKEN = re.compile(r"[\w$]+|[^\w$]")
# Which of AROUND, and the text before and behind.
Context = tuple[int, bytes, bytes]
MARK = re.compile(r"\$[\da-f]{3}")


@dataclass
class Marks:
    """Spells each group of slots by a mark of its own, and keeps what one has to know in order to change letters.

    Of each group: its name, its letter now, the groups that some object has beside it, and names that such an object
    has and that stay.
    """

    known: Letters
    names: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    beside: list[set[int]] = field(default_factory=list)
    kept: list[set[str]] = field(default_factory=list)

    def __call__(
        self, program: Program, slots: Slots, uses: Mapping[Slot, int], public: Iterable[str]
    ) -> dict[Slot, str]:
        short = short_names(program, slots, uses, public, self.known)
        letters = {slots.group(slot): letter for slot, letter in short.items()}
        places = {slot: place for place, slot in enumerate(letters)}
        near = beside_each(slots)
        self.names, self.letters = [called(slot) for slot in places], list(letters.values())
        self.beside = [{places[one] for one in near[slot] if one in places} - {places[slot]} for slot in places]
        self.kept = [{one[1] for one in near[slot] if one not in places} for slot in places]
        return {slot: f"${places[slots.group(slot)]:03x}" for slot in short}

    def swapped(self, letters: Sequence[str], place: int, letter: str) -> dict[int, str]:
        """This letter for this group. Who has it beside gets the other, and so on; nothing where that is no way."""
        other = {letters[place]: letter, letter: letters[place]}
        changed = {place: letter}
        waiting = [place]
        while len(waiting) > 0 and len(changed) <= MOST:
            one = waiting.pop()
            for near in self.beside[one] - changed.keys():
                if letters[near] == changed[one]:
                    changed[near] = other[letters[near]]
                    waiting.append(near)
        is_way = (
            letter != letters[place]
            and len(waiting) == 0
            and all(new not in self.kept[one] for one, new in changed.items())
        )
        return changed if is_way else {}


@dataclass(frozen=True)
class Text:
    """A minified script cut at each property that has a mark: `uses` says of which group it is."""

    parts: Sequence[bytes]
    uses: Sequence[int]

    def packed(self, letters: Sequence[str]) -> int:
        """About what gzip makes of it with these letters."""
        words = [letter.encode("ascii") for letter in letters]
        pieces = [text for part, use in zip(self.parts, self.uses, strict=False) for text in (part, words[use])]
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -15, 9)
        return len(packer.compress(b"".join([*pieces, self.parts[-1]]))) + len(packer.flush())


def learned_letters(
    known: Letters, minified: Callable[[Speller], Piece], tries: int, tell: Callable[[str], object]
) -> Iterator[Letters]:
    """Better and better letters from these on, always the same for as many tries.

    Each round begins with what the minifier makes of the last one, since its own letters follow ours.
    """
    chance = random.Random(tries)  # noqa: S311 - nothing secret
    current, script = known, minified(partial(short_names, known=known))
    size = usual_gzip_size(script.code.encode("utf-8"))
    tell(f"{size:,} bytes before\n")
    for _ in range(ROUNDS):
        marks = Marks(current)
        text = cut(script.code, minified(marks).code, marks.letters)
        learned = zip(marks.names, cooled(marks, text, tries // ROUNDS, chance), strict=True)
        current = {name: letter for name, letter in learned if len(letter) == 1}
        script = minified(partial(short_names, known=current))
        found = usual_gzip_size(script.code.encode("utf-8"))
        tell(f"{found:,} bytes\n")
        if found < size:
            size = found
            yield current


def cut(code: str, marked: str, letters: Sequence[str]) -> Text:
    """The script cut where the marked one has marks. Both are the same program, in which local names may differ."""
    parts: list[str] = [""]
    uses: list[int] = []
    for token, other in aligned(TOKEN.findall(code), TOKEN.findall(marked)):
        if MARK.fullmatch(other) is not None and token == letters[int(other[1:], 16)]:
            uses.append(int(other[1:], 16))
            parts.append("")
        else:
            parts[-1] += token
    return Text([part.encode("ascii") for part in parts], uses)


def aligned(tokens: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each token with its like, or with "" where the minifier inlined a function in only one of the two scripts."""
    shapes, like = shape(tokens), shape(others)
    place = over = 0
    while place < len(tokens):
        ahead = shapes[place : place + ALIKE]
        found = over if like.startswith(ahead[:1], over) else like.find(ahead, over, over + FAR)
        yield tokens[place], others[found] if found >= 0 else ""
        place, over = place + 1, found + 1 if found >= 0 else over


def shape(tokens: Sequence[str]) -> str:
    """One character for each token: words are alike."""
    return "".join("w" if re.match(r"\w|\$", token) else token for token in tokens)


def fitting(text: Text, letters: Sequence[str]) -> dict[int, list[str]]:
    """By group other letters that stand where its own does: with the same text before and behind them."""
    seen: dict[Context, Counter[str]] = defaultdict(Counter)
    found = list(contexts(text, letters))
    for use, context in found:
        seen[context][letters[use]] += 1
    fit: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for use, context in found:
        for letter, count in seen[context].items():
            fit[use][letter] += AROUND[context[0]][1] * math.log(1 + count)
    orders = {
        use: sorted((weights.keys() & set(LETTERS)) - {letters[use]}, key=lambda letter: (-weights[letter], letter))
        for use, weights in fit.items()
    }
    return {use: order[:MOST_FITTING] for use, order in orders.items() if len(order) > 0}


def contexts(text: Text, letters: Sequence[str]) -> Iterator[tuple[int, Context]]:
    """Each use with what stands before and behind it, in several lengths."""
    whole = bytearray()
    spans: list[tuple[int, int, int]] = []
    for part, use in zip(text.parts, text.uses, strict=False):
        whole += part
        spans.append((use, len(whole), len(whole) + len(letters[use])))
        whole += letters[use].encode("ascii")
    whole += text.parts[-1]
    for use, start, end in spans:
        for which, ((before, after), _) in enumerate(AROUND):
            yield use, (which, bytes(whole[max(0, start - before) : start]), bytes(whole[end : end + after]))


def cooled(marks: Marks, text: Text, tries: int, chance: random.Random) -> list[str]:
    """Swaps this and that. What makes more bytes is forgiven less and less."""
    letters, size = marks.letters, text.packed(marks.letters)
    best = (size, letters)
    used = sorted(set(text.uses))
    for left in range(tries, 0, -1):
        if (tries - left) % max(1, tries // SWEEPS) == 0:
            fit = fitting(text, letters)
        place = chance.choice(used)
        letter = LETTERS[int(len(LETTERS) * chance.random() ** 2)]  # rather one of the first, which gzip knows
        if place in fit:
            letter = fit[place][0] if chance.random() < 0.5 else chance.choice(fit[place])
        changed = marks.swapped(letters, place, letter)
        if len(changed) == 0:
            continue
        tried = [changed.get(place, letter) for place, letter in enumerate(letters)]
        more = text.packed(tried) - size
        if more <= 0 or chance.random() < math.exp(-more * tries / (WARMTH * left)):
            letters, size = tried, size + more
        best = best if best[0] <= size else (size, letters)
    return best[1]

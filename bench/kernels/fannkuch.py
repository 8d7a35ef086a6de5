"""Pancakes: how many turns of a stack's upper part bring its first to the top, over all orders. Lists and indexes."""

from __future__ import annotations

SIZE = 6


class Kernel:
    """One time is all orders of six."""

    def run(self, times: int) -> str:
        checksum = most = 0
        for _ in range(times):
            checksum, most = fannkuch(SIZE)
        return f"checksum {checksum}, most turns {most}"


def fannkuch(size: int) -> tuple[int, int]:
    order = list(range(size))
    counts = [0] * size
    checksum = 0
    most = 0
    turn = 0
    left = size
    while True:
        while left > 1:
            counts[left - 1] = left
            left -= 1
        stack = order[:]
        flips = 0
        first = stack[0]
        while first != 0:
            low = 0
            high = first
            while low < high:
                stack[low], stack[high] = stack[high], stack[low]
                low += 1
                high -= 1
            flips += 1
            first = stack[0]
        most = max(most, flips)
        checksum += flips if turn % 2 == 0 else -flips
        while True:
            if left == size:
                return checksum, most
            bottom = order[0]
            for i in range(left):
                order[i] = order[i + 1]
            order[left] = bottom
            counts[left] -= 1
            if counts[left] > 0:
                break
            left += 1
        turn += 1

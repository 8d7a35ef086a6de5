"""A greeting: what a script weighs that does next to nothing."""

from __future__ import annotations


class Kernel:
    """One time is one greeting."""

    def run(self, times: int) -> str:
        said = ""
        for number in range(times):
            said = f"Hello, world! This is greeting {number}."
        return said

"""What the `else` of a loop assigns at module level is a name of the module."""

from __future__ import annotations

for step in (1, 2):
    pass
else:
    LAST = 5

count = 0
while count < 2:
    count += 1
else:
    WHOLE = count * 10


def main() -> None:
    print("behind the loops", LAST, WHOLE)

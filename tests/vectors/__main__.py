"""`python -m tests.vectors`: make the vectors of our own objects anew (tests/vectors/own/)."""

from __future__ import annotations

import asyncio

from tests.vectors.lines import OWN, write_lines
from tests.vectors.made.all import files
from tests.vectors.made.file import File
from tests.vectors.made.people import everybody

WORLD = "world.json"


async def made() -> tuple[str, list[File]]:
    """The people, and every file."""
    people = await everybody()
    return write_lines(people.fields(), {}), await files(people)


def texts_of(world: str, of: list[File]) -> dict[str, str]:
    """What belongs into the folder."""
    return {WORLD: world, **{f"{file.name}.json": file.text() for file in of}}


def main() -> None:
    world, found = asyncio.run(made())
    OWN.mkdir(exist_ok=True)
    wanted = texts_of(world, found)
    for path in OWN.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (OWN / name).write_text(text, "utf-8")
    good, bad = sum(len(file.good_ones) for file in found), sum(len(file.bad_ones) for file in found)
    print(f"{len(found)} objects, {good} good vectors, {bad} bad ones")


if __name__ == "__main__":
    main()

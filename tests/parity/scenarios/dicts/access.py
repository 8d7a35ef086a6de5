"""get, [], in and KeyError."""

from __future__ import annotations


def main() -> None:
    ages = {"ann": 30, "bob": 25}
    print(ages["ann"], ages.get("bob"), ages.get("eve"), ages.get("eve", 0), "ann" in ages, "eve" not in ages, len(ages))
    for name in ("bob", "eve"):
        try:
            print(ages[name])
        except KeyError as error:
            print("missing", error, error.args)

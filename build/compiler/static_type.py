"""The root of all static types, apart from them: symbols hold types, and some types hold symbols."""

from __future__ import annotations


class Type:
    """Any static type; compare with `==`. The kinds stand in `build/compiler/types.py`."""

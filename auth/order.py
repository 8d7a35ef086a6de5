"""Settings that make sense only together: of each pair the first may not be more than the second."""

from __future__ import annotations

from auth.environment import Variables

Pair = tuple[str, str]


def disordered(settings: Variables, pairs: tuple[Pair, ...]) -> list[str]:
    """A sentence for each pair that is the wrong way round."""
    prefix = str(settings.model_config["env_prefix"])
    found = [(less, getattr(settings, less), more, getattr(settings, more)) for less, more in pairs]
    return [
        f"{prefix}{less.upper()} is {low} and {prefix}{more.upper()} is {high}: write no more for the first than for "
        "the second."
        for less, low, more, high in found if low > high
    ]

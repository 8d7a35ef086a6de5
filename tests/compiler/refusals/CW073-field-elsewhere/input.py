from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Names:
    all: list[str] = field(default_factory=list)

    def more(self) -> None:
        print(field(default=1))


print(field(default=2))

from __future__ import annotations

from widget.nowhere import thing

x: int = thing

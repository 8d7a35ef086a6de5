from __future__ import annotations

from widget.errors import *

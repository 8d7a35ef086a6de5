from __future__ import annotations

from .errors import ChatError

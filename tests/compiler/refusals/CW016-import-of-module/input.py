from __future__ import annotations

import widget.core.chat

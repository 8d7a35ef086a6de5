from __future__ import annotations

import widget.chat.chat

from __future__ import annotations

import os
from random import choice

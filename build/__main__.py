"""`python -m build VERB`."""

from __future__ import annotations

import sys

from build.cli import main

sys.exit(main())

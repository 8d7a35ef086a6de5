"""`python -m build VERB`."""

from __future__ import annotations

import gc
import sys

from build.cli import main

# A build gathers trees until it ends: looking for rubbish among them takes half a second and finds none.
gc.disable()
sys.exit(main())

"""`python -m signaling serve`: the service, set up by SIGNALING_* variables."""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys

from auth.settings import SettingsError
from signaling.serve import serve
from signaling.settings import settings_from


def main(arguments: list[str] | None = None) -> int:
    settings = settings_from(os.environ)
    parser = argparse.ArgumentParser(prog="python -m signaling", description="Introduces members of rooms.")
    serving = parser.add_subparsers(dest="command", required=True).add_parser("serve", help="run the service")
    serving.add_argument("--host", default=settings.host)
    serving.add_argument("--port", type=int, default=settings.port)
    serving.add_argument("--workers", type=int, default=settings.workers)
    options = parser.parse_args(arguments)
    serve(dataclasses.replace(settings, host=options.host, port=options.port, workers=options.workers))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SettingsError as error:
        sys.exit(f"signaling: {error}")

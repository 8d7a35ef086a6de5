"""The verbs of `python -m build`."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from build import learn_letters, learn_locals
from build.budget import OverBudget
from build.cloudflare import CloudflareRefused
from build.compiler.brython_parser import ParserBroken
from build.compiler.errors import CompileErrors, CompileWarnings
from build.css import NoStyles
from build.deploy import Deployment, DeployRefused
from build.emoji import EmojiDiffer, EmojiMissing, write_emoji
from build.esbuild import EsbuildFailed
from build.folder import FolderRefused
from build.learn import TRIES
from build.minify import MinifyFailed
from build.node import NodeMissing
from build.pipeline import Progress, build, check, write_arrangement, write_cdn, write_letters, write_locals
from build.release import ReleaseRefused, prepare, release
from build.repository import GitFailed, Repository
from build.sinks import SinkFound
from build.size import size_report
from build.versions import Version, VersionError
from build.wrangler import WranglerMissing

ROOT = Path(__file__).resolve().parent.parent
REFUSALS = (
    CloudflareRefused, CompileErrors, CompileWarnings, DeployRefused, EmojiDiffer, EmojiMissing, EsbuildFailed,
    FolderRefused, GitFailed, MinifyFailed, NodeMissing, NoStyles, OverBudget, ParserBroken, ReleaseRefused, SinkFound,
    VersionError, WranglerMissing,
)  # fmt: skip
FOREIGN = "cannot be written: remove it, or give it back (chown) if it is another user's"


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 with the reason on standard error."""
    options = _parser().parse_args(arguments)
    verbs: dict[str, Callable[[Path], str]] = {
        "cdn": lambda root: write_cdn(root, options.out or root / "cdn_dist", Progress(), options.strict),
        "check": lambda root: f"{check(root, Progress())} modules, no refusals, no warnings",
        "arrange": lambda root: write_arrangement(root, options.tries, Progress()),
        "letters": lambda root: write_letters(root, options.tries, Progress()),
        "locals": lambda root: write_locals(root, options.tries, Progress()),
        "emoji": lambda root: write_emoji(root, options.check),
        "size": lambda root: size_report(root, build(root, Progress()).files),
        "release": lambda root: _release(root, options.version, options.dry_run),
        "deploy": lambda root: _deploy(root, options),
    }
    try:
        print(verbs[options.verb or "cdn"](options.root))
    except REFUSALS as error:
        print(error, file=sys.stderr)
        return 1
    except PermissionError as error:
        print(f"{error.filename} {FOREIGN}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # who ends it knows why
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m build", description="Compiles widget/ to the files of the CDN.")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project's folder")
    parser.set_defaults(out=None, strict=False)
    verbs = parser.add_subparsers(dest="verb", help="cdn where none is given")
    cdn = verbs.add_parser("cdn", help="write cdn_dist/")
    cdn.add_argument("--out", type=Path, default=None, help="another folder than cdn_dist/")
    cdn.add_argument("--strict", action="store_true", help="a warning is an error, as for check")
    verbs.add_parser("check", help="compile and write nothing")
    verbs.add_parser("size", help="print what the minified script weighs, by module and by runtime helper")
    emoji = verbs.add_parser("emoji", help="write widget/emoji/ anew from the packages of build/emoji-data")
    emoji.add_argument("--check", action="store_true", help="only say whether a file would change")
    arrange = verbs.add_parser("arrange", help="look for an order of declarations and methods that gzip likes better")
    arrange.add_argument("--tries", type=int, default=TRIES, help=f"{TRIES:,} take some ten minutes")
    letters = verbs.add_parser("letters", help="look for letters of properties that gzip likes better")
    letters.add_argument("--tries", type=int, default=learn_letters.TRIES, help="the default takes some five minutes")
    locals_ = verbs.add_parser("locals", help="look for letters of local variables that gzip likes better, last of all")
    locals_.add_argument("--tries", type=int, default=learn_locals.TRIES, help="the default takes some ten minutes")
    release = verbs.add_parser("release", help="raise the version, build, record the hashes, commit and tag")
    release.add_argument("version", help="1.2.3, or 1.3.0-rc.1 for a preview")
    release.add_argument("--dry-run", action="store_true", help="only say whether it would be refused")
    deploy = verbs.add_parser("deploy", help="upload cdn_dist/ to Cloudflare Pages and purge what moves")
    only = deploy.add_mutually_exclusive_group()
    only.add_argument("--dry-run", action="store_true", help="print what would be done")
    only.add_argument("--purge-only", action="store_true", help="upload nothing")
    only.add_argument("--first", action="store_true", help="there is no CDN yet that could lose a version")
    return parser


def _deploy(root: Path, options: argparse.Namespace) -> str:
    deployment = Deployment(root, root / "cdn_dist", os.environ, sys.stderr.write, time.sleep)
    if options.dry_run:
        return deployment.plan()
    return deployment.purge() if options.purge_only else deployment.run(options.first)


def _release(root: Path, text: str, dry_run: bool) -> str:
    version = Version.parse(text)
    date = datetime.now(UTC).date().isoformat()
    if not dry_run:
        return release(root, version, date, Progress())
    prepare(root, Repository(root), version, date)
    return f"{version} may be released"


if __name__ == "__main__":
    sys.exit(main())

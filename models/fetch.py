#!/usr/bin/env python3
"""Brings the models, the engine's library and the demo pictures into models/cache.

    models/fetch.py            fetch what is missing (`make models`)
    models/fetch.py --check    only look: exit 1 if something is missing or damaged

What, from where, with which hash and under which licence: models/manifest.toml.
"""

import argparse
import sys
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit("models: Python 3.11 or newer is needed (Debian 12 has it)")

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

# pylint: disable=wrong-import-position
from fetching import manifest, pipeline, progress
from fetching.registry import Registry


def main() -> int:
    """Exit code: 0 everything is there, 1 something is not and a sentence says why."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only look, fetch nothing")
    parser.add_argument("--cache", type=Path, default=HERE / "cache", help="where the files go")
    options = parser.parse_args()
    try:
        results = manifest.read(HERE / "manifest.toml")
        if options.check:
            return check(results, options.cache)
        cache = options.cache.resolve()
        made = pipeline.bring(results, cache, Registry(cache, HERE / "requirements.txt"))
    except manifest.FetchError as error:
        print(f"models: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nmodels: stopped; what is already here is kept", file=sys.stderr)
        return 130
    total = sum(result.bytes for result in results) / progress.MEGA
    news = f"{made} of them new" if made else "nothing to do"
    progress.say(f"{len(results)} files are here and whole ({total:.0f} MB), {news}")
    return 0


def check(results: list[manifest.Result], cache: Path) -> int:
    """Says which files are missing or damaged."""
    bad = [result.name for result in results if not result.whole(cache)]
    if bad:
        print(f"models: missing or damaged: {', '.join(bad)}; run `make models`", file=sys.stderr)
        return 1
    progress.say(f"{len(results)} files are here and whole")
    return 0


if __name__ == "__main__":
    sys.exit(main())

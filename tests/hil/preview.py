"""The kiosk itself in the guest, full screen on an emulated display, before the emulated webcam: with a face, without a
camera, and again with one. Keeps what the screen showed and judges it by its pixels.

The kiosk is enrolled on the host, with a server of its own; in the guest it works without a network.
"""

import os
import shutil
import subprocess
import time
import tomllib
from pathlib import Path

from guest import Guest, GuestError, bring
from uvc import Webcam
from webcam import Camera

SCREEN = (1080, 1920)
# Cases below.
CASES = 3
# The kiosk loads its networks with software emulation of the vector units.
PATIENCE = 400
# A screen whose picture is gone differs from the one before by at least this, mean of all channels, of 255.
OTHER = 3
# The kiosk's configuration in the guest; its server cannot be reached from there.
CONFIG = """[server]
url = "{url}"
ca = "ca.pem"
[store]
dir = "kiosk"
[camera]
source = "usb"
name = "Kiosk Test Camera"
[screen]
width = {width}
height = {height}
"""
FONTS = "/usr/share/fonts/opentype/noto"


def look(options, film):
    """Runs the three cases; gives how many passed and how many failed."""
    out = options.cache / "screens"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    share = options.cache / "share"
    lay_out(options, share)
    guest = Guest(options.cache, share, ports=1, screen=SCREEN, memory_mb=3072)
    passed = 0
    try:
        print(f"  the guest with a screen takes commands after {guest.boot():.0f} s")
        for says in watch(guest, film, out):
            print(f"ok    {says}")
            passed += 1
    except (AssertionError, GuestError, RuntimeError, OSError) as error:
        print(f"FAIL  the kiosk's screen: {error}")
        print(guest.run("tail -n 25 /tmp/kiosk.log; dmesg | tail -n 8", check=False))
    finally:
        guest.close()
    print(f"  the screens lie in {out}")
    return passed, CASES - passed


def lay_out(options, share):
    """Everything the kiosk needs in the guest: program, libraries, models, fonts, and a store that is enrolled already."""
    stripped = options.cache / "kiosk"
    program = options.programs / "kiosk"
    if not stripped.exists() or program.stat().st_mtime > stripped.stat().st_mtime:
        subprocess.run(["strip", "-o", stripped, program], check=True)
    bring(stripped, share)
    runtime = options.models / "libonnxruntime.so"
    bring(runtime, share)
    fill(share / "models", options.models.glob("*.onnx"))
    fill(share / "models", [runtime])
    fill(share / "fonts", Path(FONTS).glob("NotoSansCJK-*.ttc"))
    fill(share / "libinput", Path("/usr/share/libinput").glob("*"))
    for source, target in (("/usr/share/X11/xkb", "xkb"), ("/etc/fonts", "fontconfig")):
        shutil.copytree(source, share / target, dirs_exist_ok=True)
    enrol(options, share / "kiosk")


def fill(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        target = folder / file.name
        if not target.exists():
            shutil.copy2(file, target)


def enrol(options, folder):
    """Enrols on this machine with a server of its own; in the guest the kiosk works without a network."""
    made = folder / "usb.toml"
    if made.exists() and made.stat().st_mtime > (options.programs / "kiosk").stat().st_mtime:
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    ready = folder / "ready"
    environment = {**os.environ, "KIOSK_MODELS": str(options.models)}
    with open(ready, "wb") as out, open(folder / "central.log", "wb") as log:
        command = [options.programs / "central", "demo", "--state", folder]
        central = subprocess.Popen(command, stdout=out, stderr=log, env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while "ready " not in ready.read_text():
            if central.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"central did not start; see {folder}/central.log")
            time.sleep(0.1)
        script = folder / "wait.toml"
        script.write_text('title = "enrols"\n[[step]]\npause = 1\n')
        command = [options.programs / "kiosk", "--config", folder / "kiosk.toml", "play", script, "--out", folder / "play"]
        (folder / "play").mkdir()
        played = subprocess.run(command, capture_output=True, text=True, env=environment)
        if played.returncode:
            raise RuntimeError(f"the kiosk did not enrol: {played.stderr[-800:]}")
    finally:
        central.terminate()
        central.wait()
    server = tomllib.loads((folder / "kiosk.toml").read_text())["server"]
    (folder / "usb.toml").write_text(CONFIG.format(url=server["url"], width=SCREEN[0], height=SCREEN[1]))


def plug(guest, film):
    webcam = Webcam("Kiosk Test Camera", [(1280, 720)], (5,))
    return Camera(guest.sockets[0], webcam, lambda n, width, height: film[n % len(film)])


def watch(guest, film, out):
    """Starts the kiosk and gives a sentence for every case that holds."""
    for module in ("evdev", "virtio-gpu", "uvcvideo"):
        guest.load(module)
    camera = plug(guest, film)
    guest.run(
        "mkdir -p /usr/share/fonts /usr/share/X11 /etc && ln -sf /share/fonts /usr/share/fonts/noto && "
        "ln -sf /share/xkb /usr/share/X11/xkb && ln -sf /share/libinput /usr/share/libinput && "
        "ln -sf /share/fontconfig /etc/fonts && mkdir /tmp/kiosk && cd /share/kiosk && "
        "cp -a ca.pem kiosk kiosk.key usb.toml /tmp/kiosk/"
    )
    guest.run(
        "cd /tmp/kiosk && SLINT_BACKEND=linuxkms-software KIOSK_MODELS=/share/models RUST_LOG=info "
        "/share/bin/kiosk --config usb.toml >/tmp/kiosk.log 2>&1 & echo $! >/tmp/kiosk.pid"
    )
    said(guest, "camera live", 1)
    first = settled(guest, out / "1-with-a-face", lambda shot: colours(shot) > 2000)
    yield f"the kiosk shows the webcam's picture: {colours(first)} colours"
    camera.unplug()
    said(guest, "camera lost", 1)
    gone = settled(guest, out / "2-without-a-camera", lambda shot: difference(shot, first) > OTHER)
    far = difference(gone, first)
    yield f"the cable is pulled and the screen says so: it differs by {far:.0f} of 255"
    camera = plug(guest, film)
    said(guest, "camera live", 2)
    again = settled(guest, out / "3-again-with-one", lambda shot: difference(shot, first) < far / 2)
    yield f"it is back, and so is its picture: within {difference(again, first):.0f} of 255 of the first"
    camera.unplug()


def said(guest, words, times):
    """Waits until the kiosk's log says so that often."""
    end = time.monotonic() + PATIENCE
    while True:
        count = int(guest.run(f"grep -c '{words}' /tmp/kiosk.log; true").strip() or 0)
        if count >= times:
            return
        if guest.run("kill -0 $(cat /tmp/kiosk.pid) 2>&1; true").strip():
            raise RuntimeError("the kiosk ended")
        if time.monotonic() > end:
            raise RuntimeError(f"the kiosk does not say {words!r}")
        time.sleep(0.5)


def settled(guest, path, is_so):
    """Waits until the screen is as wanted; writes it as PNG and gives its pixels."""
    end = time.monotonic() + PATIENCE / 4
    while True:
        guest.monitor.command("screendump", filename=f"{path}.ppm", device="gpu")
        shot = pixels(Path(f"{path}.ppm"))
        good = is_so(shot)
        if good or time.monotonic() > end:
            guest.shot(f"{path.resolve()}.png")
            if not good:
                raise RuntimeError(f"the screen is not as expected: {path}.png")
            Path(f"{path}.ppm").unlink()
            return shot
        time.sleep(1)


def pixels(path):
    """The bytes of a binary PPM."""
    data = path.read_bytes()
    fields = data.split(maxsplit=4)
    return fields[4] if len(fields) == 5 else b""


def colours(shot):
    """How many different pixels there are among some."""
    return len({shot[i : i + 3] for i in range(0, len(shot) - 3, 3 * 37)})


def difference(one, other):
    """Mean difference of some bytes."""
    step = 101
    pairs = list(zip(one[::step], other[::step]))
    return sum(abs(a - b) for a, b in pairs) / max(1, len(pairs))

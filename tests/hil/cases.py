"""What must hold of the camera service with a real driver beneath it. A case is a function; its docstring is its line."""

import hashlib
import itertools
import json
import time
from pathlib import Path

from uvc import Webcam
from webcam import Camera

NAME = "Kiosk Test Camera"
SIZES = [(1280, 720), (640, 480), (1920, 1080)]
# Emulation is some twenty times slower than a machine: every wait is for something, and this long at most.
PATIENCE = 90


def expect(truth, words):
    if not truth:
        raise AssertionError(words)


class Bench:
    """A guest with a probe, and the cameras that are plugged into it."""

    def __init__(self, guest, pictures, frames_wanted, cycles_wanted):
        self.guest, self.pictures = guest, {}
        self.frames_wanted, self.cycles_wanted = frames_wanted, cycles_wanted
        self.black = Path(pictures, "black.jpg").read_bytes()
        for width, height in SIZES:
            files = sorted(Path(pictures, f"{width}x{height}").glob("*.jpg"))
            self.pictures[width, height] = [file.read_bytes() for file in files]
        self.cameras = {}

    # The cable.

    def plug(self, port=0, name=NAME, frames=None, fps=(10,), sizes=SIZES, refuses=()):
        webcam = Webcam(name, sizes, fps, refuses=refuses)
        self.cameras[port] = Camera(self.guest.sockets[port], webcam, frames or self.film)
        return self.cameras[port]

    def unplug(self, port=0):
        camera = self.cameras.pop(port, None)
        if camera:
            camera.unplug()

    def film(self, number, width, height):
        """The rendered frames, over and over, each with its number in a comment, so that no two are equal."""
        frames = self.pictures[width, height]
        return numbered(frames[number % len(frames)], number)

    # The probe.

    def ask(self, command, seconds=PATIENCE, on_ask=None):
        self.guest.probe.send(command)
        while True:
            answer = json.loads(self.guest.probe.receive(seconds))
            if "ask" not in answer:
                break
            on_ask(answer["ask"])
            self.guest.probe.send("done")
        if "error" in answer:
            raise AssertionError(f"{command}: {answer['error']}")
        return answer

    def open(self, width=1280, height=720, fps=10, **keys):
        keys = " ".join(f"{key}={str(value).replace(' ', '_')}" for key, value in keys.items())
        self.ask(f"open {width} {height} {fps} {keys}")

    def until(self, what, is_so, seconds=PATIENCE):
        """Asks for the state until it is as wanted."""
        end = time.monotonic() + seconds
        while True:
            state = self.ask("state")
            if is_so(state):
                return state
            if time.monotonic() > end:
                raise AssertionError(f"waited {seconds} s in vain for: {what}; it is {brief(state)}")
            time.sleep(0.1)

    def live(self):
        """Waits for frames; losses are counted from here."""
        state = self.until("live", lambda state: state["state"] == "live" and state["frames"] > 0)
        self.losses = state["losses"]
        return state

    def unharmed(self, state):
        """It was not lost since it was live."""
        expect(state["losses"] == self.losses and state["state"] == "live", f"it was lost meanwhile: {brief(state)}")

    def lost(self, *codes):
        return self.until(f"lost for {codes}", lambda state: state.get("lost") in codes)

    def newer(self, count):
        """As many frames more."""
        before = self.ask("state")["frames"]
        return self.until(f"{count} more frames", lambda state: state["frames"] >= before + count)

    def clear(self):
        """Everything closed and pulled, whatever the last case left."""
        self.ask("close")
        for port in list(self.cameras):
            self.unplug(port)
        end = time.monotonic() + PATIENCE
        # The service lets go of its device a moment after its last handle is gone; until then the driver cannot be removed.
        while self.guest.run("rmmod vivid 2>/dev/null; ls /dev/video* 2>/dev/null; true").strip():
            expect(time.monotonic() < end, "a video device stays after the cable was pulled")
            time.sleep(0.1)


def numbered(jpeg, number):
    """The JPEG with a number in a comment segment after its start marker."""
    return jpeg[:2] + b"\xff\xfe\x00\x06" + number.to_bytes(4, "big") + jpeg[2:]


def digest(frame):
    return hashlib.sha256(frame).hexdigest()


def brief(state):
    return {key: state[key] for key in ("state", "lost", "reason", "frames", "damaged") if key in state}


def settings(state):
    return dict(state["settings"])


def formats(bench):
    """formats, sizes and rates are listed, and the node for metadata is no camera"""
    bench.plug(fps=(30, 15))
    listed = wait_listed(bench, 1)
    nodes = bench.guest.run("ls /dev/video*").split()
    expect(len(nodes) == 2, f"the driver made {nodes}: expected one node for pictures and one for metadata")
    camera = listed[0]
    expect(camera["name"].startswith(NAME), f"it is called {camera['name']}")
    wanted = sorted(["mjpeg", w, h, fps] for w, h in SIZES for fps in (30, 15))
    expect(sorted(camera["formats"]) == wanted, f"listed {camera['formats']}")
    return f"{len(wanted)} combinations at {camera['bus']}"


def wait_listed(bench, count):
    end = time.monotonic() + PATIENCE
    while True:
        cameras = bench.ask("list")["cameras"]
        if len(cameras) == count and all(camera["formats"] for camera in cameras):
            return cameras
        expect(time.monotonic() < end, f"listed {cameras}, not {count}")
        time.sleep(0.2)


def bit_exact(bench):
    """every frame arrives bit for bit, in order, with moments that grow"""
    wanted = bench.frames_wanted
    camera = bench.plug(fps=(10,))
    bench.open()
    bench.live()
    taken = bench.ask(f"take {wanted}", seconds=wanted * 4)
    frames, state = taken["frames"], taken["state"]
    strange = [frame["number"] for frame in frames if frame["sha256"] not in camera.sent]
    expect(len(frames) == wanted, f"{len(frames)} frames of {wanted} came")
    expect(not strange, f"frames {strange} are none that were sent")
    order = [camera.sent[frame["sha256"]] for frame in frames]
    expect(all(a < b for a, b in itertools.pairwise(order)), f"they came in the order {order}")
    expect(all(a["at_us"] < b["at_us"] for a, b in itertools.pairwise(frames)), "moments do not grow")
    bench.unharmed(state)
    expect(state["damaged"] == 0, f"{brief(state)}")
    return f"{wanted} of {wanted} frames, 0 damaged"


def nearest_size(bench):
    """a size that is not offered gives the nearest, and stills have the largest"""
    camera = bench.plug()
    bench.open(1024, 600)
    state = bench.live()
    expect((state["width"], state["height"]) == (1280, 720), f"it chose {state['width']} x {state['height']}")
    still = bench.ask("still")
    expect((still.get("width"), still.get("height")) == (1920, 1080), f"the still is {still}")
    expect(still["sha256"] in camera.sent, "the still is not bit-exact")
    state = bench.newer(2)
    bench.unharmed(state)
    return "1280 x 720 for 1024 x 600, a still of 1920 x 1080"


def guarantees(bench):
    """the guarantees that the tests check on a recording, checked on the USB camera"""
    bench.plug()
    bench.open()

    def cable(what):
        if what == "pull":
            bench.unplug()
        else:
            bench.plug()

    bench.ask("guarantees", seconds=300, on_ask=cable)


def controls(bench):
    """controls are set, come back after a replug, and what is refused is said"""
    camera = bench.plug(refuses=("gain",))
    bench.open(exposure=120, gain=9, white_balance=9999, focus=31, power_line=60)

    def check(camera):
        told = settings(bench.newer(1))
        expect(told["exposure"] == told["power_line_hz"] == "Set", f"{told}")
        expect(told["white_balance"] == "Nearest(6500)" and told["focus"] == "Nearest(30)", f"{told}")
        expect(told["gain"].startswith("Refused"), f"{told}")
        webcam = camera.webcam
        names = ("exposure_auto", "exposure", "white_balance_auto", "white_balance", "focus_auto", "focus", "power_line")
        have = [webcam.setting(name) for name in names]
        expect(have == [1, 120, 0, 6500, 0, 30, 2], f"the camera has {dict(zip(names, have))}")

    bench.live()
    check(camera)
    bench.unplug()
    bench.lost("camera.none", "camera.unplugged")
    camera = bench.plug(refuses=("gain",))
    bench.live()
    check(camera)
    return "five controls, twice; gain refused and told"


def cycles(bench):
    """unplug and replug, with threads and descriptors flat"""
    bench.plug(fps=(20,))
    bench.open(640, 480, 20)
    before = bench.live()["losses"]
    counted = []
    for cycle in range(bench.cycles_wanted):
        bench.unplug()
        bench.lost("camera.none", "camera.unplugged")
        bench.plug(fps=(20,))
        bench.until("live", lambda state: state["state"] == "live")
        bench.newer(1)
        counted.append(bench.ask("counts"))
        losses = bench.ask("state")["losses"] - before
        # Unplugged, and then no camera: one or two reasons a cycle.
        expect(cycle < losses <= 2 * len(counted), f"cycle {cycle}: {losses} losses were counted")
    threads = {count["threads"] for count in counted}
    descriptors = {count["descriptors"] for count in counted}
    expect(len(threads) == 1, f"threads went through {sorted(threads)}")
    expect(len(descriptors) == 1, f"descriptors went through {sorted(descriptors)}")
    memory = [count["resident_kb"] for count in counted]
    half = len(memory) // 2
    growth = max(memory[half:]) - max(memory[:half])
    expect(growth < 4096, f"memory grew by {growth} kB in the second half")
    return f"{len(counted)} cycles: {threads.pop()} threads, {descriptors.pop()} descriptors, memory {growth:+} kB in the second half"


def unplug_any_moment(bench):
    """pulled at any moment of being opened, it comes back"""
    for share in range(8):
        bench.plug(fps=(20,))
        bench.open(640, 480, 20)
        # Not a wait for something but the moment itself: from the first enumeration to the first frames.
        time.sleep(0.25 * share)
        bench.unplug()
        bench.plug(fps=(20,))
        bench.live()
        bench.unplug()
    return "8 moments"


def stall(bench):
    """a camera that stops sending is a stalled one, and lives again when it sends"""
    silent = [False]
    bench.plug(frames=lambda n, w, h: None if silent[0] else bench.film(n, w, h))
    bench.open()
    bench.live()
    silent[0] = True
    state = bench.lost("camera.stalled")
    silent[0] = False
    bench.live()
    return state["reason"]


def never_starts(bench):
    """a camera that never sends a first frame is a stalled one, not a wait for ever"""
    bench.plug(frames=lambda n, w, h: None)
    bench.open()
    bench.lost("camera.stalled")
    began = time.monotonic()
    bench.ask("close")
    return f"closed in {time.monotonic() - began:.1f} s"


def damaged(bench):
    """truncated and corrupt frames are dropped, those between are bit-exact"""

    good = set()

    def frames(n, width, height):
        whole = bench.film(n, width, height)
        if n % 6 in (0, 5):
            good.add(digest(whole))
        return {
            1: whole[: len(whole) // 3],
            2: whole[:2] + b"\xff\xc4\x00\x08garbage" + whole[2:],
            3: bytes(reversed(whole)),
            4: (whole, True),
        }.get(n % 6, whole)

    bench.plug(frames=frames)
    bench.open()
    bench.live()
    taken = bench.ask("take 20", seconds=200)
    strange = [frame["number"] for frame in taken["frames"] if frame["sha256"] not in good]
    expect(len(taken["frames"]) == 20 and not strange, f"shown although damaged: {strange}")
    state = taken["state"]
    bench.unharmed(state)
    expect(state["damaged"] > 0, f"{brief(state)}")
    return f"20 good ones, {state['damaged']} dropped by us, the rest by the driver"


def only_damaged(bench):
    """nothing but truncated frames is a reason, and ends with the first whole one"""
    broken = [True]

    def frames(n, width, height):
        whole = bench.film(n, width, height)
        return whole[: len(whole) // 2] if broken[0] else whole

    bench.plug(frames=frames)
    bench.open()
    state = bench.lost("camera.bad_frames")
    broken[0] = False
    bench.live()
    return state["reason"]


def wrong_size(bench):
    """frames of another size than agreed are dropped"""
    other = bench.pictures[640, 480]
    bench.plug(frames=lambda n, w, h: other[n % len(other)] if n % 2 else bench.film(n, w, h))
    bench.open()
    bench.live()
    taken = bench.ask("take 10", seconds=120)
    sizes = {(frame["width"], frame["height"]) for frame in taken["frames"]}
    expect(sizes == {(1280, 720)}, f"sizes seen: {sizes}")
    bench.unharmed(taken["state"])
    expect(taken["state"]["damaged"] > 0, f"{brief(taken['state'])}")
    return f"{taken['state']['damaged']} dropped"


def black(bench):
    """a black picture is told while it lasts"""
    dark = [False]
    bench.plug(frames=lambda n, w, h: bench.black if dark[0] else bench.film(n, w, h))
    bench.open()
    bench.live()
    dark[0] = True
    bench.lost("camera.black")
    dark[0] = False
    bench.live()


def frozen(bench):
    """a frozen picture is told although its bytes differ, and ends with the first other one"""
    stuck = [False]
    still = bench.pictures[1280, 720][0]
    bench.plug(frames=lambda n, w, h: numbered(still, n) if stuck[0] else bench.film(n, w, h))
    bench.open()
    bench.live()
    stuck[0] = True
    bench.lost("camera.frozen")
    stuck[0] = False
    bench.live()


def two_cameras(bench):
    """of two cameras the named one is taken, by name and by port, also when it is plugged in later"""
    bench.plug(0, name="Hall Camera", sizes=[(1280, 720)])
    first = wait_listed(bench, 1)[0]
    bench.open(pick="Desk Camera")
    bench.lost("camera.not_there")
    bench.plug(1, name="Desk Camera", sizes=[(640, 480)])
    state = bench.live()
    expect(state["name"].startswith("Desk Camera"), f"it took {state['name']}")
    bench.open(pick=first["bus"])
    state = bench.live()
    expect(state["name"].startswith("Hall Camera"), f"it took {state['name']}")
    # Without a name the one that fits better, although its number is not the lowest.
    bench.unplug(0)
    bench.lost("camera.not_there")
    bench.plug(0, name="Hall Camera", sizes=[(1280, 720)])
    wait_listed(bench, 2)
    bench.open()
    state = bench.live()
    expect(state["name"].startswith("Hall Camera"), f"it took {state['name']}")
    return f"the other one at {first['bus']}"


def busy(bench):
    """a camera that another program holds is busy, and is taken when it lets go"""
    bench.plug()
    bench.guest.run("/share/bin/camera-probe hold >/tmp/hold 2>&1 & echo $! >/tmp/hold.pid")
    wait_for_file(bench, "/tmp/hold", "held")
    bench.open()
    bench.lost("camera.busy")
    bench.guest.run("kill $(cat /tmp/hold.pid)")
    bench.live()


def wait_for_file(bench, path, word):
    end = time.monotonic() + PATIENCE
    while word not in bench.guest.run(f"cat {path} 2>/dev/null; true"):
        expect(time.monotonic() < end, f"{path} does not say {word}")
        time.sleep(0.2)


def another_port(bench):
    """plugged into another port, under another number, it comes back"""
    bench.plug(0)
    bench.open(pick=NAME)
    bench.live()
    before = wait_listed(bench, 1)[0]
    # Another camera takes the number before ours comes back.
    bench.unplug(0)
    bench.lost("camera.none", "camera.not_there", "camera.unplugged")
    bench.plug(0, name="Other Camera")
    wait_listed(bench, 1)
    bench.plug(1)
    state = bench.live()
    after = next(camera for camera in wait_listed(bench, 2) if camera["name"].startswith(NAME))
    expect(before["bus"] != after["bus"] and before["index"] != after["index"], f"{before} and {after}")
    expect(state["name"].startswith(NAME), f"it took {state['name']}")
    return f"video{before['index']} at {before['bus']}, then video{after['index']} at {after['bus']}"


def turned(bench):
    """a camera mounted upright gives upright frames"""
    bench.plug()
    bench.open(turn=90)
    state = bench.live()
    frame = bench.ask("take 1")["frames"][0]
    sizes = {(state["width"], state["height"]), (frame["width"], frame["height"])}
    expect(sizes == {(720, 1280)}, f"{sizes}")


def uncompressed(bench):
    """the same service on an uncompressed camera (vivid, YUYV)"""
    plug_vivid(bench)
    listed = wait_listed(bench, 1)[0]
    offered = {coding for coding, *_ in listed["formats"]}
    expect("yuyv" in offered and "mjpeg" not in offered, f"it offers {offered}")
    bench.open(640, 360, 30)
    state = bench.live()
    taken = bench.ask("take 20", seconds=120)
    frames = taken["frames"]
    expect(len(frames) == 20, f"{len(frames)} frames came")
    expect(all(frame["sha256"] is None for frame in frames), "uncompressed frames have no JPEG bytes")
    expect({(f["width"], f["height"]) for f in frames} == {(state["width"], state["height"])}, "sizes differ")
    expect(all(30 < frame["mean"] < 225 for frame in frames), "it shows no test card")
    bench.unharmed(taken["state"])
    expect(taken["state"]["damaged"] == 0, f"{brief(taken['state'])}")
    before = bench.ask("counts")
    for _ in range(10):
        bench.open(640, 360, 30)
        bench.live()
    after = bench.ask("counts")
    flat = all(before[key] == after[key] for key in ("threads", "descriptors"))
    expect(flat, f"threads and descriptors went from {before} to {after}")
    return f"{state['width']} x {state['height']}, 20 frames, opened 11 times"


def driver_errors(bench):
    """errors of the driver end in a reason and a new start, never in silence (vivid's own injections)"""
    plug_vivid(bench)
    bench.open(640, 360, 30, power_line=60, exposure="auto", gain=5)
    before = bench.live()
    index = wait_listed(bench, 1)[0]["index"]

    def press(button):
        bench.ask(f"press {index} {button.replace(' ', '_')}")

    press("Inject V4L2 BUF FLAG ERROR")
    state = bench.until("a flagged frame", lambda state: state["damaged"] > before["damaged"])
    bench.unharmed(state)
    for count, button in enumerate(("Inject Fatal Streaming Error", "Inject VIDIOC REQBUFS Error"), 1):
        press(button)
        if count == 2:
            # It acts at the next start only.
            press("Inject Fatal Streaming Error")
        wanted = before["losses"] + count
        bench.until(f"a loss by {button}", lambda state: state["losses"] >= wanted)
        bench.live()
        bench.newer(2)
    press("Disconnect")
    bench.lost("camera.unplugged", "camera.none")
    bench.guest.run("rmmod vivid")
    plug_vivid(bench)
    bench.live()
    bench.newer(2)
    return "a flagged frame, a fatal error, a refused start, a disconnection"


def plug_vivid(bench):
    """The kernel's test driver: one webcam. Its test card carries a clock, so that it is not frozen."""
    bench.guest.load("v4l2-tpg")
    bench.guest.run("insmod /modules/vivid.ko n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0")


SHORT = [formats, bit_exact, nearest_size, controls, cycles, stall, damaged, two_cameras, busy, another_port, uncompressed]
ALL = [
    formats, bit_exact, nearest_size, guarantees, controls, cycles, unplug_any_moment, stall, never_starts, damaged,
    only_damaged, wrong_size, black, frozen, two_cameras, busy, another_port, turned, uncompressed,
    driver_errors,
]

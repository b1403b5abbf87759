"""What a UVC webcam says of itself: descriptors and controls (USB Device Class Definition for Video Devices 1.5 and its
payload specification for Motion JPEG). The stock driver of Linux believes it."""

import struct

BULK_IN = 0x81
# Bytes of one payload: a header of two and a piece of the frame.
PAYLOAD = 16384
VENDOR, PRODUCT = 0x1209, 0x0C0A

SET_CUR, GET_CUR, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF = 1, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87
PROBE, COMMIT = 1, 2
CAMERA_TERMINAL, PROCESSING_UNIT = 1, 2

# (unit, selector): bytes, least, most, step, default. Selectors of UVC 1.5, tables.
CONTROLS = {
    (CAMERA_TERMINAL, 0x02): (1, 0, 0, 9, 8),  # auto exposure: a bit map of modes, manual (1) and aperture priority (8)
    (CAMERA_TERMINAL, 0x04): (4, 3, 2047, 1, 250),  # exposure time, 100 microseconds
    (CAMERA_TERMINAL, 0x06): (2, 0, 250, 5, 0),  # focus
    (CAMERA_TERMINAL, 0x08): (1, 0, 1, 1, 1),  # focus, automatic
    (PROCESSING_UNIT, 0x04): (2, 0, 255, 1, 64),  # gain
    (PROCESSING_UNIT, 0x05): (1, 0, 2, 1, 1),  # power line frequency
    (PROCESSING_UNIT, 0x0A): (2, 2800, 6500, 1, 4000),  # white balance
    (PROCESSING_UNIT, 0x0B): (1, 0, 1, 1, 1),  # white balance, automatic
}
NAMES = {
    "exposure_auto": (CAMERA_TERMINAL, 0x02),
    "exposure": (CAMERA_TERMINAL, 0x04),
    "focus": (CAMERA_TERMINAL, 0x06),
    "focus_auto": (CAMERA_TERMINAL, 0x08),
    "gain": (PROCESSING_UNIT, 0x04),
    "power_line": (PROCESSING_UNIT, 0x05),
    "white_balance": (PROCESSING_UNIT, 0x0A),
    "white_balance_auto": (PROCESSING_UNIT, 0x0B),
}
# Bits of bmControls: camera terminal D1 D3 D5 D17, processing unit D6 D9 D10 D12.
CAMERA_BITS = (1 << 1) | (1 << 3) | (1 << 5) | (1 << 17)
PROCESSING_BITS = (1 << 6) | (1 << 9) | (1 << 10) | (1 << 12)


class Webcam:
    """The camera's answers to control requests."""

    def __init__(self, name, sizes, fps, serial="0001", refuses=()):
        self.sizes, self.fps = list(sizes), list(fps)
        self.strings = {1: "Campus Portrait Kiosk", 2: name, 3: serial}
        self.values = {key: control[4] for key, control in CONTROLS.items()}
        self.refuses = {NAMES[name] for name in refuses}
        self.commit = self.agreement(1, self.interval(self.fps[0]))
        self.probe = self.commit

    @staticmethod
    def interval(fps):
        return round(1e7 / fps)

    def device(self):
        return struct.pack("<BBHBBBBHHHBBBB", 18, 1, 0x0200, 0xEF, 2, 1, 64, VENDOR, PRODUCT, 0x0100, 1, 2, 3, 1)

    def configuration(self):
        control, streaming = self._control_interface(), self._streaming_interface()
        association = struct.pack("<8B", 8, 11, 0, 2, 14, 3, 0, 0)
        endpoint = struct.pack("<BBBBHB", 7, 5, BULK_IN, 2, 512, 0)
        body = association + interface(0, 0, 1) + control + interface(1, 1, 2) + streaming + endpoint
        return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), 2, 1, 0, 0x80, 250) + body

    def _control_interface(self):
        terminal = struct.pack("<BBBBHBBHHHB", 18, 0x24, 2, 1, 0x0201, 0, 0, 0, 0, 0, 3)
        terminal += CAMERA_BITS.to_bytes(3, "little")
        unit = struct.pack("<BBBBBHB", 12, 0x24, 5, 2, 1, 0, 3) + PROCESSING_BITS.to_bytes(3, "little") + b"\0"
        output = struct.pack("<BBBBHBBB", 9, 0x24, 3, 3, 0x0101, 0, 2, 0)
        total = 13 + len(terminal) + len(unit) + len(output)
        return struct.pack("<BBBHHIBB", 13, 0x24, 1, 0x0100, total, 48_000_000, 1, 1) + terminal + unit + output

    def _streaming_interface(self):
        frames = b"".join(self._frame(i + 1, *size) for i, size in enumerate(self.sizes))
        form = struct.pack("<11B", 11, 0x24, 6, 1, len(self.sizes), 1, 1, 0, 0, 0, 0)
        colour = struct.pack("<6B", 6, 0x24, 0x0D, 1, 1, 4)
        body = form + frames + colour
        head = struct.pack("<BBBBHBBBBBBB", 14, 0x24, 1, 1, 14 + len(body), BULK_IN, 0, 3, 0, 0, 0, 1) + b"\0"
        return head + body

    def _frame(self, index, width, height):
        intervals = [self.interval(fps) for fps in self.fps]
        rates = (width * height * 16, int(width * height * 16 * max(self.fps)))
        head = struct.pack(
            "<BBBBBHHIIIIB", 26 + 4 * len(intervals), 0x24, 7, index, 0, width, height, *rates, width * height * 2,
            intervals[0], len(intervals),
        )
        return head + struct.pack(f"<{len(intervals)}I", *intervals)

    def agreement(self, index, interval):
        """The answer to probe and commit: which frame at which interval."""
        index = index if 1 <= index <= len(self.sizes) else 1
        width, height = self.sizes[index - 1]
        nearest = min((self.interval(fps) for fps in self.fps), key=lambda one: abs(one - interval))
        return struct.pack("<HBBIHHHHHII", 1, 1, index, nearest, 0, 0, 0, 0, 0, width * height * 2, PAYLOAD) + bytes(8)

    @property
    def agreed(self):
        """Width, height and rate that the host committed to."""
        index, interval = self.commit[3], struct.unpack("<I", self.commit[4:8])[0]
        return (*self.sizes[index - 1], 1e7 / interval)

    def answer(self, code, kind, value, index, length, data):
        """The bytes of an answer, or None for a stall."""
        if (kind, code) == (0x80, 6):
            return self._descriptor(value >> 8, value & 255, length)
        if (kind, code) == (0x80, 0):
            return b"\0\0"
        if (kind, code) == (0x02, 1):
            return b""  # clears a halt
        if kind & 0x60 == 0x20 and index & 0xFF == 1 and value >> 8 in (PROBE, COMMIT):
            return self._negotiate(code, value >> 8, length, data)
        if kind & 0x60 == 0x20 and index & 0xFF == 0:
            return self._control(code, (index >> 8, value >> 8), data)
        return None

    def _descriptor(self, kind, index, length):
        if kind == 3:
            text = struct.pack("<H", 0x0409) if index == 0 else self.strings.get(index, "").encode("utf-16le")
            return (bytes([len(text) + 2, 3]) + text)[:length]
        return {1: self.device(), 2: self.configuration()}.get(kind, b"")[:length] or None

    def _negotiate(self, code, selector, length, data):
        if code == SET_CUR:
            wanted = data.ljust(34, b"\0")
            agreed = self.agreement(wanted[3], struct.unpack("<I", wanted[4:8])[0])
            if selector == COMMIT:
                self.commit = agreed
            self.probe = agreed
            return b""
        if code == GET_CUR:
            return (self.commit if selector == COMMIT else self.probe)[:length]
        if code in (GET_MIN, GET_MAX, GET_DEF):
            return self.agreement(1, self.interval(self.fps[0]))[:length]
        return {GET_LEN: struct.pack("<H", 34), GET_INFO: b"\x03"}.get(code)

    def _control(self, code, key, data):
        if key not in CONTROLS:
            return None
        size, least, most, step, default = CONTROLS[key]
        if code == SET_CUR:
            if key in self.refuses:
                return None
            self.values[key] = int.from_bytes(data[:size], "little")
            return b""
        if code == GET_INFO:
            return b"\x03"
        if code == GET_LEN:
            return struct.pack("<H", size)
        known = {GET_CUR: self.values[key], GET_MIN: least, GET_MAX: most, GET_RES: step, GET_DEF: default}
        return known[code].to_bytes(size, "little") if code in known else None

    def setting(self, name):
        """The value that the host last set."""
        return self.values[NAMES[name]]


def interface(number, endpoints, subclass):
    return struct.pack("<9B", 9, 4, number, 0, endpoints, 14, subclass, 0, 0)


def payloads(frame, toggle, error=False):
    """A frame cut into payloads; the last one says so."""
    room = PAYLOAD - 2
    for start in range(0, max(len(frame), 1), room):
        last = start + room >= len(frame)
        flags = 0x80 | toggle | (2 if last else 0) | (0x40 if error and last else 0)
        yield bytes([2, flags]) + frame[start : start + room]

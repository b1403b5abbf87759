"""A USB webcam in userland, in a thread: plug it in, say what it shows and which fault it has, pull it out."""

import collections
import hashlib
import struct
import threading
import time

import usbredir
import uvc

ENDPOINTS = 32
# Places of an endpoint in usbredir's tables: outgoing ones first, then incoming ones.
INCOMING = 16
UNUSED = 255


class Camera:
    """A plugged camera. `frames` gives the bytes of the n-th frame for the agreed size; None sends nothing."""

    def __init__(self, path, webcam, frames):
        self.webcam, self.frames = webcam, frames
        # Digest of every frame that was sent, with its number.
        self.sent = {}
        self.count = 0
        self.error = None
        self._stop = threading.Event()
        self._frame, self._waiting, self._pieces = 0, collections.deque(), collections.deque()
        self._toggle, self._due = 0, time.monotonic()
        self._link = usbredir.Link(path)
        self._thread = threading.Thread(target=self._run, name="webcam", daemon=True)
        self._thread.start()

    def unplug(self):
        """Pulls the cable; returns when the other end must have seen it."""
        self._stop.set()
        self._thread.join(10)
        self._link.close()
        if self.error:
            raise RuntimeError(f"the webcam failed: {self.error}") from self.error

    @property
    def plugged(self):
        return self._thread.is_alive()

    def _run(self):
        try:
            while not self._stop.is_set():
                self._turn()
        except usbredir.Closed:
            pass
        except Exception as error:  # told to whoever pulls the cable
            self.error = error

    def _turn(self):
        wait = min(0.1, self._due - time.monotonic()) if self._waiting else 0.1
        if self._link.ready(wait):
            self._packet(*self._link.receive())
        if self._waiting and not self._pieces and time.monotonic() >= self._due:
            self._next_frame()
        while self._waiting and self._pieces:
            self._link.answer_bulk(self._waiting.popleft(), uvc.BULK_IN, usbredir.SUCCESS, self._pieces.popleft())

    def _next_frame(self):
        width, height, fps = self.webcam.agreed
        self._due = max(self._due + 1 / fps, time.monotonic() - 0.2)
        shown = self.frames(self._frame, width, height)
        self._frame += 1
        if shown is None:
            return
        frame, error = shown if isinstance(shown, tuple) else (shown, False)
        self.sent[hashlib.sha256(frame).hexdigest()] = self._frame
        self.count += 1
        self._toggle ^= 1
        self._pieces.extend(uvc.payloads(frame, self._toggle, error))

    def _packet(self, kind, number, payload):
        link = self._link
        if kind == usbredir.HELLO:
            self._tables()
            link.send(usbredir.CONNECT, 0, struct.pack("<BBBBHHH", 2, 0xEF, 2, 1, uvc.VENDOR, uvc.PRODUCT, 0x0100))
        elif kind == usbredir.RESET:
            self._clear()
        elif kind == usbredir.SET_CONFIGURATION:
            self._tables()
            link.send(usbredir.CONFIGURATION_STATUS, number, bytes([0, payload[0]]))
        elif kind == usbredir.GET_CONFIGURATION:
            link.send(usbredir.CONFIGURATION_STATUS, number, bytes([0, 1]))
        elif kind == usbredir.SET_ALT:
            self._clear()
            self._tables()
            link.send(usbredir.ALT_STATUS, number, bytes([0, payload[0], payload[1]]))
        elif kind == usbredir.GET_ALT:
            link.send(usbredir.ALT_STATUS, number, bytes([0, payload[0], 0]))
        elif kind == usbredir.CANCEL and number in self._waiting:
            self._waiting.remove(number)
            self._pieces.clear()
            link.answer_bulk(number, uvc.BULK_IN, usbredir.CANCELLED)
        elif kind == usbredir.CONTROL:
            self._control(number, payload)
        elif kind == usbredir.BULK:
            self._waiting.append(number)

    def _control(self, number, payload):
        request = struct.unpack("<BBBBHHH", payload[:10])
        _, code, kind, _, value, index, length = request
        data = self.webcam.answer(code, kind, value, index, length, payload[10:])
        if data is None:
            self._link.answer_control(number, request, usbredir.STALL)
        else:
            self._link.answer_control(number, request, usbredir.SUCCESS, data[:length])

    def _clear(self):
        self._waiting.clear()
        self._pieces.clear()

    def _tables(self):
        """Which endpoints and interfaces there are: control, and one bulk endpoint for pictures."""
        kinds, interfaces, sizes = [UNUSED] * ENDPOINTS, [0] * ENDPOINTS, [0] * ENDPOINTS
        for control in (0, INCOMING):
            kinds[control], sizes[control] = 0, 64
        pictures = INCOMING + (uvc.BULK_IN & 0x0F)
        kinds[pictures], interfaces[pictures], sizes[pictures] = 2, 1, 512
        table = bytes(kinds) + bytes(ENDPOINTS) + bytes(interfaces) + struct.pack("<32H", *sizes)
        self._link.send(usbredir.EP_INFO, 0, table)
        padded = [bytes(row).ljust(ENDPOINTS, b"\0") for row in ((0, 1), (14, 14), (1, 2), (0, 0))]
        self._link.send(usbredir.INTERFACE_INFO, 0, struct.pack("<I", 2) + b"".join(padded))

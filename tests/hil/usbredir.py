"""The device's end of usbredir: how a process hands a USB device to QEMU.

Protocol: usbredir's usb-redirection-protocol.txt, version 0.7. Only what a webcam with one bulk endpoint needs. Every packet
is a header (type, length of what follows, id) and a payload; a control or bulk packet is answered under its own id.
"""

import errno
import select
import socket
import struct
import time

HELLO, CONNECT, RESET, INTERFACE_INFO, EP_INFO = 0, 1, 3, 4, 5
SET_CONFIGURATION, GET_CONFIGURATION, CONFIGURATION_STATUS = 6, 7, 8
SET_ALT, GET_ALT, ALT_STATUS = 9, 10, 11
CANCEL = 21
CONTROL, BULK = 100, 101

SUCCESS, CANCELLED, STALL = 0, 1, 4
# What both ends must be able to do: device version, endpoint packet size, 64 bit ids, 32 bit bulk lengths.
CAN = (1 << 1) | (1 << 4) | (1 << 5) | (1 << 6)
IDS_OF_64_BITS = 1 << 5


class Closed(Exception):
    """QEMU closed the connection."""


class Link:
    """A connection to QEMU's usb-redir device on which packets are sent and received."""

    def __init__(self, path, patience=30):
        self.socket = connect(path, patience)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        self.wide = False
        self.buffer = bytearray()
        self.send(HELLO, 0, b"campus-portrait-kiosk".ljust(64, b"\0") + struct.pack("<I", CAN))

    def send(self, kind, number, payload=b""):
        head = struct.pack("<IIQ" if self.wide else "<III", kind, len(payload), number)
        try:
            self.socket.sendall(head + payload)
        except (BrokenPipeError, ConnectionResetError) as error:
            raise Closed from error

    def ready(self, wait):
        """Whether a packet may be read; waits up to that many seconds."""
        return bool(self.buffer) or bool(select.select([self.socket], [], [], max(0.0, wait))[0])

    def _take(self, length):
        while len(self.buffer) < length:
            try:
                more = self.socket.recv(1 << 16)
            except ConnectionResetError as error:
                raise Closed from error
            if not more:
                raise Closed
            self.buffer += more
        taken = bytes(self.buffer[:length])
        del self.buffer[:length]
        return taken

    def receive(self):
        """The next packet: type, id, payload."""
        form, size = ("<IIQ", 16) if self.wide else ("<III", 12)
        kind, length, number = struct.unpack(form, self._take(size))
        payload = self._take(length)
        if kind == HELLO:
            can = struct.unpack("<I", payload[64:68])[0] if length >= 68 else 0
            self.wide = bool(can & IDS_OF_64_BITS)
        return kind, number, payload

    def answer_control(self, number, request, status, data=b""):
        endpoint, code, kind, _, value, index, length = request
        into_host = kind & 0x80
        size = len(data) if into_host else (length if status == SUCCESS else 0)
        head = struct.pack("<BBBBHHH", endpoint, code, kind, status, value, index, size)
        self.send(CONTROL, number, head + (data if into_host else b""))

    def answer_bulk(self, number, endpoint, status, data=b""):
        head = struct.pack("<BBHIH", endpoint, status, len(data) & 0xFFFF, 0, len(data) >> 16)
        self.send(BULK, number, head + data)

    def close(self):
        self.socket.close()


def connect(path, patience):
    """A connection to a socket that QEMU may still be making, or still be freeing from the last device."""
    until = time.monotonic() + patience
    while True:
        end = socket.socket(socket.AF_UNIX)
        try:
            end.connect(str(path))
            return end
        except OSError as error:
            end.close()
            if error.errno not in (errno.ENOENT, errno.ECONNREFUSED, errno.EAGAIN) or time.monotonic() > until:
                raise
            time.sleep(0.05)

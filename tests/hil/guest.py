"""A PC in software: boots the guest, runs commands in it, talks to the probe in it, and takes pictures of its screen."""

import base64
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path


class GuestError(Exception):
    """The guest did not do what was asked."""


def patiently(path, seconds=30):
    """A connection to a socket that QEMU is still making."""
    until = time.monotonic() + seconds
    while True:
        end = socket.socket(socket.AF_UNIX)
        try:
            end.connect(str(path))
            return end
        except OSError:
            end.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class Monitor:
    """QEMU's own control socket (QMP)."""

    def __init__(self, path):
        self.socket = patiently(path)
        self.file = self.socket.makefile("rwb")
        self.file.readline()
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        self.file.write(json.dumps({"execute": name, "arguments": arguments}).encode() + b"\n")
        self.file.flush()
        while line := self.file.readline():
            answer = json.loads(line)
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise GuestError(f"{name}: {answer['error']['desc']}")
        raise GuestError(f"{name}: QEMU is gone")


class Line:
    """A serial port on which lines go out and come back."""

    def __init__(self, path):
        self.socket = patiently(path)
        self.file = self.socket.makefile("rb")

    def send(self, text):
        self.socket.sendall(text.encode() + b"\n")

    def receive(self, seconds):
        self.socket.settimeout(seconds)
        try:
            line = self.file.readline()
        except TimeoutError as error:
            # A read that timed out leaves the file unusable.
            self.file = self.socket.makefile("rb")
            raise GuestError(f"no answer within {seconds} s") from error
        if not line:
            raise GuestError("the guest is gone")
        return line.decode(errors="replace").rstrip("\n")


class Guest:
    """A running guest. `ports` USB sockets can take a camera each."""

    def __init__(self, cache, share, ports=2, screen=None, memory_mb=1024):
        self.folder = Path(tempfile.mkdtemp(prefix="guest-"))
        self.sockets = [self.folder / f"usb{i}" for i in range(ports)]
        kernel = Path(cache) / "kernel" / "vmlinuz"
        line = "console=ttyS0 panic=-1 quiet loglevel=4 mitigations=off random.trust_cpu=on tsc=reliable"
        command = [
            "qemu-system-x86_64", "-M", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-m", str(memory_mb),
            "-smp", "2", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-kernel", str(kernel), "-initrd", str(Path(cache) / "initrd.gz"), "-append", line,
            "-serial", f"file:{self.folder}/console", "-qmp", f"unix:{self.folder}/qmp,server=on,wait=off",
            "-device", "virtio-serial-pci", "-device", "virtio-rng-pci",
            "-fsdev", f"local,id=share,path={share},security_model=none", "-device", "virtio-9p-pci,fsdev=share,mount_tag=share",
            "-device", "qemu-xhci,id=xhci",
        ]
        for name in ("agent", "probe"):
            command += ["-chardev", f"socket,id={name},path={self.folder}/{name},server=on,wait=off"]
            command += ["-device", f"virtserialport,chardev={name},name={name}"]
        for i, path in enumerate(self.sockets):
            command += ["-chardev", f"socket,id=usb{i},path={path},server=on,wait=off"]
            command += ["-device", f"usb-redir,chardev=usb{i},id=redir{i},bus=xhci.0"]
        if screen:
            command += ["-device", f"virtio-gpu-pci,id=gpu,xres={screen[0]},yres={screen[1]}"]
        self.errors = open(self.folder / "errors", "wb")
        self.process = subprocess.Popen(
            ["nice", "-n", "10", *command], stdin=subprocess.DEVNULL, stdout=self.errors, stderr=self.errors
        )
        try:
            self.monitor = Monitor(self.folder / "qmp")
            self.agent = Line(self.folder / "agent")
            self.probe = Line(self.folder / "probe")
        except BaseException:
            self.process.kill()
            raise

    def boot(self, seconds=240):
        """Waits until the guest takes commands; gives the seconds it took."""
        began = time.monotonic()
        try:
            ready = self.agent.receive(seconds)
        except GuestError as error:
            raise GuestError(f"it did not boot: {error}\n{self.console()}") from error
        if not ready.startswith("READY"):
            raise GuestError(f"it did not boot: {ready}")
        return time.monotonic() - began

    def console(self):
        """The end of what the kernel said."""
        said = (self.folder / "console").read_bytes().decode(errors="replace")
        return "\n".join(said.splitlines()[-15:]) + (self.folder / "errors").read_text(errors="replace")

    def run(self, command, seconds=120, check=True):
        """Runs a shell command; gives its output."""
        self.agent.send(base64.b64encode(command.encode()).decode())
        code, _, text = self.agent.receive(seconds).partition(" ")
        output = base64.b64decode(text).decode(errors="replace")
        if check and code != "0":
            raise GuestError(f"{command}: exit code {code}: {output.strip()}")
        return output

    def load(self, module):
        """Loads a module and all that were gathered before it, which are what it needs; vivid only by its name."""
        names = self.run("cat /modules/late").split()
        upto = names.index(f"{module}.ko")
        loaded = {line.split()[0] for line in self.run("cat /proc/modules").splitlines()}
        for name in names[: upto + 1]:
            if name.removesuffix(".ko").replace("-", "_") not in loaded and (name != "vivid.ko" or module == "vivid"):
                self.run(f"insmod /modules/{name}")

    def shot(self, path):
        """Writes the screen as PNG."""
        self.monitor.command("screendump", filename=str(path), format="png", device="gpu")

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def bring(program, share):
    """Copies a program with its libraries into the share, so that it runs in a guest without any."""
    share = Path(share)
    for folder in ("bin", "lib", "lib64"):
        (share / folder).mkdir(parents=True, exist_ok=True)
    target = share / "bin" / Path(program).name
    newer(program, target)
    linked = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    for line in linked.splitlines():
        words = line.split()
        path = next((word for word in words if word.startswith("/")), None)
        if path is None:
            continue
        folder = "lib64" if "ld-linux" in path else "lib"
        newer(path, share / folder / os.path.basename(path))
    return target


def newer(source, target):
    """Copies a file unless it is there already."""
    source, target = Path(source), Path(target)
    if not target.exists() or source.stat().st_mtime > target.stat().st_mtime:
        shutil.copy2(source, target)

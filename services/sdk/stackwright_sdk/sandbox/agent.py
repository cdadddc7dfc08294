"""The first process inside a sandbox: starts, watches and ends the others. Run by path, standard library only.

It is the init of its process namespace, so that nothing inside can kill it, and nothing survives it. Where it has the
privilege it stays another user than the processes that it starts. It ends when the control socket closes, why ever.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field

PACKET_BYTES = 160_000
"""Longest packet on the control socket; a longer command line or environment is refused before it is sent."""

_TICK_SECONDS = 0.1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Settings:
    """What the sandbox holds its processes to, as the agent needs it. Zero means: no such limit, or keep the user."""

    uid: int
    processes: int
    memory_bytes: int
    cpu_seconds: int
    wall_seconds: float
    file_bytes: int
    cpus: int

    def encode(self) -> str:
        return json.dumps(asdict(self))


@dataclass
class Request:
    """Host → agent, one packet. `start` carries three descriptors: standard input, output and error."""

    op: str
    """`start`, `signal`, `dial` (connect to a port of the loopback inside, or a socket file) or `port` (a free one)."""
    id: int
    argv: list[str] = field(default_factory=list)
    env: dict[str, str] = field(default_factory=dict)
    cwd: str = ""
    number: int = 0
    """The signal, or the port."""
    path: str = ""
    """The socket file to dial, instead of a port."""

    def encode(self) -> bytes:
        return json.dumps(asdict(self)).encode()


@dataclass
class Event:
    """Agent → host, one packet. `dialed` carries the connected descriptor."""

    kind: str
    """`ready`, `started`, `failed`, `exit`, `dialed`, `port` or `limit`."""
    id: int = 0
    number: int = 0
    """The process id, exit status (negative: the signal) or port."""
    text: str = ""

    @classmethod
    def decode(cls, packet: bytes) -> Event:
        return cls(**json.loads(packet))


class Agent:
    """Serves requests from `control` until it closes."""

    def __init__(self, control: socket.socket, settings: Settings) -> None:
        self._control = control
        self._settings = settings
        self._running: dict[int, int] = {}
        self._deadline = time.monotonic() + settings.wall_seconds
        self._broken = False
        self._watch_again = 0.0

    def serve(self) -> None:
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._tell(Event("ready"))
        while True:
            ready, _, _ = select.select([self._control.fileno(), wake_read], [], [], _TICK_SECONDS)
            if wake_read in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake_read, 4096)
            self._reap()
            # However often something ends or is asked for: looking through all processes takes milliseconds.
            if time.monotonic() >= self._watch_again:
                self._watch()
                self._watch_again = time.monotonic() + _TICK_SECONDS
            if self._control.fileno() in ready and not self._receive():
                return

    def _receive(self) -> bool:
        packet, descriptors, _, _ = socket.recv_fds(self._control, PACKET_BYTES, 3)
        if not packet:
            return False
        request = Request(**json.loads(packet))
        try:
            self._obey(request, descriptors)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            self._tell(Event("failed", request.id, text=str(error)))
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def _obey(self, request: Request, descriptors: list[int]) -> None:
        if request.op == "start":
            self._start(request, descriptors)
        elif request.op == "signal":
            for pid, known in self._running.items():
                if known == request.id:
                    os.killpg(pid, request.number)
        elif request.op == "dial":
            with connect(request, self._settings.uid) as connection:
                connection.setblocking(False)
                self._tell(Event("dialed", request.id), connection.fileno())
        elif request.op == "port":
            with socket.create_server(("127.0.0.1", 0)) as listener:
                self._tell(Event("port", request.id, listener.getsockname()[1]))

    def _start(self, request: Request, descriptors: list[int]) -> None:
        if self._broken:
            raise OSError("the sandbox went over a limit and takes no more processes")
        uid = self._settings.uid or None
        process = subprocess.Popen(
            request.argv,
            stdin=descriptors[0],
            stdout=descriptors[1],
            stderr=descriptors[2],
            env=request.env,
            cwd=request.cwd,
            user=uid,
            group=uid,
            extra_groups=[] if uid else None,
            umask=0o022,
            start_new_session=True,
            preexec_fn=self._limit,
        )
        self._running[process.pid] = request.id
        process.returncode = 0  # reaped below, by process id, with whatever else ends
        self._tell(Event("started", request.id, process.pid))

    def _limit(self) -> None:
        settings = self._settings
        limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, 8192)]
        limits += [(resource.RLIMIT_CPU, settings.cpu_seconds)] if settings.cpu_seconds else []
        limits += [(resource.RLIMIT_FSIZE, settings.file_bytes)] if settings.file_bytes else []
        # Counted per user, so it holds only for a user of its own; the watch below holds for all.
        limits += [(resource.RLIMIT_NPROC, settings.processes)] if settings.uid and settings.processes else []
        for kind, most in limits:
            hard = resource.getrlimit(kind)[1]
            value = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (value, value))

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            known = self._running.pop(pid, None)
            if known is not None:
                self._tell(Event("exit", known, os.waitstatus_to_exitcode(status)))

    def _watch(self) -> None:
        if self._broken:
            self._end_all()
            return
        settings = self._settings
        threads, memory = usage(descendants())
        if settings.processes and threads > settings.processes:
            self._break("processes", f"{threads} threads, limit {settings.processes}")
        elif settings.memory_bytes and memory > settings.memory_bytes:
            self._break("memory", f"{memory} bytes, limit {settings.memory_bytes}")
        elif settings.wall_seconds and time.monotonic() > self._deadline:
            self._break("time", f"limit {settings.wall_seconds} s")

    def _break(self, kind: str, detail: str) -> None:
        self._broken = True
        self._end_all()
        self._tell(Event("limit", text=f"{kind}: {detail}"))

    def _end_all(self) -> None:
        for pid in descendants():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    def close(self) -> None:
        """End everything that is left. Inside a process namespace the kernel would; elsewhere nobody else does."""
        until = time.monotonic() + 5
        while descendants() and time.monotonic() < until:
            self._end_all()
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            time.sleep(0.005)

    def _tell(self, event: Event, *descriptors: int) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            socket.send_fds(self._control, [json.dumps(asdict(event)).encode()], descriptors)


def connect(request: Request, uid: int) -> socket.socket:
    """A connection to what `request` dials. Raises OSError when nothing listens there."""
    if not request.path:
        return socket.create_connection(("127.0.0.1", request.number), timeout=1)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(1)
    # Files are reached with the rights of what runs inside, never with the agent's.
    own = os.geteuid()
    try:
        os.seteuid(uid or own)
        connection.connect(request.path)
    except OSError:
        connection.close()
        raise
    finally:
        os.seteuid(own)
    return connection


def descendants() -> list[int]:
    """Every process below this one. Orphans come to it: it is their init or their subreaper."""
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):  # noqa: PTH208 - twice as quick, ten times a second
        if entry.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                # The command, in parentheses, may itself hold spaces and parentheses.
                stat = _read(f"/proc/{entry}/stat")
                parents.setdefault(int(stat[stat.rindex(b")") + 2 :].split(None, 2)[1]), []).append(int(entry))
    found: list[int] = []
    waiting = [os.getpid()]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _read(path: str) -> bytes:
    """A short file of /proc: a third of the time of a Path, and hundreds are read each second."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 16_384)
    finally:
        os.close(descriptor)


def _number(status: bytes, name: bytes) -> int:
    begin = status.index(name) + len(name)
    return int(status[begin : status.index(b"\n", begin)].split()[0])


def usage(pids: list[int]) -> tuple[int, int]:
    """Threads, and bytes of memory: what each process has for itself, and shared memory once."""
    threads = private = shared = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            status = _read(f"/proc/{pid}/status")
            if b"\nRssAnon:" not in status:  # a zombie
                continue
            threads += _number(status, b"\nThreads:")
            private += _number(status, b"\nRssAnon:")
            shared = max(shared, _number(status, b"\nRssShmem:"))
    return threads, (private + shared) * 1024


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    settings = Settings(**json.loads(sys.argv[2]))
    libc = ctypes.CDLL(None, use_errno=True)
    # Same user or not, nothing inside may trace the agent or read its memory.
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if settings.cpus:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: settings.cpus])
    agent = Agent(control, settings)
    try:
        agent.serve()
    finally:
        agent.close()


if __name__ == "__main__":
    main()

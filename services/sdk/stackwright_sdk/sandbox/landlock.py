"""Landlock by system call: confine this process and all that it starts, then run a command. Run by path, stdlib only.

It confines the file system (by folder) and TCP (by port), and not UDP; it needs no privilege and no namespace.
"""

from __future__ import annotations

import ctypes
import json
import os
import sys
from dataclasses import asdict, dataclass

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_RULE_PATH = 1
_PR_SET_NO_NEW_PRIVS = 38

_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_FILE_RIGHTS = _EXECUTE | 1 << 1 | _READ_FILE | 1 << 14 | 1 << 15  # execute, write, read, truncate, ioctl on a device
_TCP = 0b11
_SCOPES = 0b11

LEAST_ABI = 4
"""The first version that confines TCP (Linux 6.7)."""


class _RulesetAttr(ctypes.Structure):
    _fields_ = (("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _PathAttr(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


@dataclass
class Rules:
    """Folders that may be read and run, folders that may be written too, and whether TCP is allowed at all."""

    read: list[str]
    write: list[str]
    tcp: bool

    def encode(self) -> str:
        return json.dumps(asdict(self))


def abi() -> int:
    """The kernel's Landlock version; 0 where it has none."""
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, 1)))


def restrict(rules: Rules) -> None:
    """Confine this process for good. Raises OSError where the kernel refuses."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = abi()
    # Each version knows more rights: what is not handled is not confined.
    known = {1: 13, 2: 14}.get(version, 15 if version < 5 else 16)
    every = (1 << known) - 1
    attr = _RulesetAttr(every, 0 if rules.tcp or version < LEAST_ABI else _TCP, _SCOPES if version >= 6 else 0)
    size = ctypes.sizeof(attr) if version >= 6 else 16 if version >= LEAST_ABI else 8
    ruleset = _checked(libc.syscall(_CREATE_RULESET, ctypes.byref(attr), size, 0))
    for folders, rights in ((rules.read, _EXECUTE | _READ_FILE | _READ_DIR), (rules.write, every)):
        for folder in folders:
            if not os.path.exists(folder):  # noqa: PTH110 - not every system has every folder
                continue
            parent = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            allowed = rights if os.path.isdir(folder) else rights & _FILE_RIGHTS & every  # noqa: PTH112
            rule = _PathAttr(allowed, parent)
            _checked(libc.syscall(_ADD_RULE, ruleset, _RULE_PATH, ctypes.byref(rule), 0))
            os.close(parent)
    _checked(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    os.close(ruleset)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"landlock: {os.strerror(number)}")
    return result


if __name__ == "__main__":
    restrict(Rules(**json.loads(sys.argv[1])))
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606 - no shell is wanted

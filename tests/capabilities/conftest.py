"""Starts the servers that the instances depend on, and the instances."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from aiosmtpd.controller import Controller

# Lets tests import what lies beside them.
sys.path.insert(0, str(Path(__file__).parent))

from capability_stacks import Stack, stacks
from capability_support import BASE, Mailbox, Person, Redis, Running


@pytest.fixture(scope="session", params=sorted(stacks()))
def running(request: pytest.FixtureRequest, unused_tcp_port_factory: Callable[[], int]) -> Iterator[Running]:
    """Two instances of the stack."""
    stack: Stack = stacks()[request.param]
    stack.link_packages()
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=unused_tcp_port_factory())
    controller.start()
    redis = Redis(unused_tcp_port_factory())
    redis.start()
    environment = os.environ | {
        "SMTP_URL": f"smtp://127.0.0.1:{controller.port}",
        "MAIL_FROM": "House <house@example.org>",
        "APP_URL": "https://app.example.org",
        "REDIS_URL": f"redis://127.0.0.1:{redis.port}",
        "RATE_LIMIT_FACTOR": "1",
    }
    process = subprocess.Popen(
        stack.command,
        cwd=stack.folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout
        assert process.stdin
        first, second = json.loads(process.stdout.readline())["instances"]
        yield Running((first, second), mailbox, redis)
        process.stdin.close()
        assert process.wait(20) == 0, "the instances did not end well"
    finally:
        process.kill()
        process.wait()
        redis.kill()
        controller.stop()


@pytest.fixture
def person(running: Running) -> Callable[..., Person]:
    """Makes new people."""

    def made(name: str = "Pat") -> Person:
        answer = httpx.post(f"{running.instances[0]}{BASE}/people", json={"name": name}, trust_env=False)
        return Person(running.instances[0], str(uuid.UUID(answer.json()["id"])))

    return made

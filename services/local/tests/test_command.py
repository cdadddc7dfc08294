"""Words, exit statuses and what is printed, with the installed program and the real suite."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest
from local_support import PROGRAM, ROOT, Generated, Home  # type: ignore[import-not-found]  # on sys.path

NOWHERE = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "the following arguments are required: VERB"),
        (("fly",), "invalid choice: 'fly'"),
        (("generate",), "the following arguments are required: REQUEST"),
        (("generate", "x.json", "--proof", "some"), "invalid choice: 'some'"),
        (("up", "--port", "eight"), "'eight' is no port: expected a whole number from 0 to 65535"),
        (("up", "--grpc-port", "65536"), "'65536' is no port"),
        (("validate", ".", "--proof", "full"), "invalid choice: 'full'"),
        (("runs", "forget"), "invalid choice: 'forget'"),
        (("open",), "the following arguments are required: RUN|DIR"),
    ],
)
def test_wrong_words_are_refused(home: Home, words: tuple[str, ...], said: str) -> None:
    done = home.run(*words)
    assert done.returncode == 2
    assert said in done.stderr


def test_help_names_every_verb_and_status(home: Home) -> None:
    done = home.run("--help")
    assert done.returncode == 0
    for verb in ("generate", "plan", "open", "up", "validate", "features", "handlers", "runs"):
        assert f"\n    {verb} " in done.stdout
    assert (
        "0 at or above the quality target, 1 below it, 2 for a bad request, 3 when the suite itself failed"
        in done.stdout
    )


def test_bad_requests_end_with_2_and_name_the_field(home: Home) -> None:
    stack = {
        "frontend": {"framework": "Plain HTML"},
        "backend": {"framework": "Node.js"},
        "database": {"primary": "PostgreSQL"},
    }
    unknown_stack = home.request("stack", technology_stack={"technology_recommendations": stack})
    unnamed = home.request("unnamed", project_name="")
    broken = home.folder / "broken.json"
    broken.write_text("{")
    for path, said in (
        (home.folder / "none.json", "REQUEST: "),
        (broken, "body: The body is not JSON"),
        (unnamed, "project_name"),
        (unknown_stack, "frontend.framework"),
    ):
        done = home.run("plan", path)
        assert done.returncode == 2, (path, done.stdout, done.stderr)
        assert said in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert done.stderr.count("The body is not JSON") <= 1, done.stderr
    # The spelling is the user's own.
    assert "got 'Plain HTML'" in done.stderr
    as_json = home.run("plan", unnamed, "--json")
    assert json.loads(as_json.stdout)["error"]["details"]
    assert not home.output.exists()


def test_a_suite_that_does_not_answer_ends_with_3(home: Home) -> None:
    done = home.run("features", "--server", NOWHERE)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr


def test_a_suite_that_breaks_ends_with_3_and_not_as_below_the_target(home: Home) -> None:
    (home.folder / "home").write_text("a file where a folder is needed")
    done = home.run("features")
    assert done.returncode == 3, done.stderr
    assert "The suite itself failed: " in done.stderr


def test_below_the_target_ends_with_1_and_the_project_is_there(generated: Generated) -> None:
    # Nothing was proven, so no gate is met in full.
    answer = generated.answer
    assert answer["success"] is True
    assert (generated.folder / "backend" / "package.json").is_file()
    target = generated.home.request("unreachable", options={"proof": "none", "quality_target": 10})
    done = generated.home.run("generate", target)
    assert done.returncode == 1, done.stderr
    assert "Wrote the back end: " in done.stdout
    assert "(proof: none, potential " in done.stdout
    line = next(line for line in done.stdout.splitlines() if line.startswith("Project "))
    assert Path(line.removeprefix("Project").strip()).is_dir(), "a path is never broken over lines"


def test_runs_are_listed_shown_and_watched(generated: Generated) -> None:
    home = generated.home
    listed = json.loads(home.run("runs", "list", "--json").stdout)
    assert generated.run_id in {run["run_id"] for run in listed}
    shown = home.run("runs", "show", generated.run_id)
    assert json.loads(shown.stdout)["state"] == "succeeded"
    told = [json.loads(line) for line in home.run("runs", "watch", generated.run_id).stdout.splitlines()]
    assert [told[0]["event"], told[-1]["event"]] == ["generation_started", "run_completed"]
    nameless = home.run("runs", "show")
    assert (nameless.returncode, "RUN: expected a run id" in nameless.stderr) == (2, True)
    unknown = home.run("runs", "cancel", "00000000000-0000000000")
    assert unknown.returncode == 2


def test_up_serves_until_sigterm_and_leaves_nothing(home: Home) -> None:
    process = subprocess.Popen(
        [PROGRAM, "up", "--port", "0", "--grpc-port", "0"], env=home.environment, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(2)]
        assert said[0].startswith("REST  http://127.0.0.1:")
        address = said[1].split()[1]
        listed = home.run("handlers", "--server", address, "--json")
        assert {one["name"] for one in json.loads(listed.stdout)} >= {"node_backend", "react_frontend"}
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        assert children, "the broker"
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
    finally:
        process.kill()
        process.wait(10)


def test_a_home_in_use_is_said_with_the_way_out(home: Home) -> None:
    with subprocess.Popen(
        [PROGRAM, "up", "--port", "0", "--grpc-port", "0"], env=home.environment, cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        done = home.run("features")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) == 0
    assert done.returncode == 2
    assert "is in use by another process; use it with --server" in done.stderr

"""Starts the application of a selection in the sandbox and runs the behaviour tests of its features on it."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from selection_making import Made, Workshop, stack

from stackwright.code.v1.file_pb2 import TREE_BEHAVIOUR, TREE_PROBE, SourceFile, Tree
from stackwright.code.v1.measurement_pb2 import CHECK_STATE_PASSED, PROOF_LEVEL_RUN, CheckState
from stackwright.validator.v1.request_response_pb2 import ValidateStart
from stackwright_runtime_validator.validator import RuntimeValidator
from stackwright_sdk.validation import Project, ValidationJob


@dataclass
class Proof:
    """What became of the lines of a selection's features; `wrong` says what did not pass, and why."""

    passed: int = 0
    wrong: list[str] = field(default_factory=list)


def job_of(workshop: Workshop, made: Made, secondary: tuple[str, ...] = ()) -> ValidationJob:
    """A job of the runtime validator on this application."""
    keys = {feature.key for feature in made.contract.features}
    start = ValidateStart(
        request_id="selection",
        proof=PROOF_LEVEL_RUN,
        stack=stack("javascript", secondary),
        commands=made.commands,
        probe_contract=made.contract,
        scenarios=[each for key in sorted(keys) for each in workshop.catalogue.features[key].fragment.scenarios],
    )
    trees: dict[Tree, Project] = {TREE_PROBE: made.project, TREE_BEHAVIOUR: behaviour_of(workshop.folder, keys)}
    return ValidationJob(start, trees)


def with_features(catalogue: Path, extra: Path, folder: Path) -> Path:
    """A catalogue with more features in it: `extra` holds their folders and their lines of the index."""
    shutil.copytree(catalogue, folder, ignore=shutil.ignore_patterns("__pycache__"))
    more: dict[str, list[str]] = yaml.safe_load((extra / "index.yaml").read_text())
    index: dict[str, list[str]] = yaml.safe_load((folder / "index.yaml").read_text())
    merged = {area: [*index.get(area, []), *more.get(area, [])] for area in index | more}
    for area in more:
        shutil.copytree(extra / area, folder / area, dirs_exist_ok=True)
    (folder / "index.yaml").write_text(yaml.safe_dump(merged, sort_keys=False, allow_unicode=True))
    return folder


def behaviour_of(catalogue: Path, features: set[str]) -> Project:
    """The behaviour tests in Python of these features, and what they share."""
    found = (path for path in catalogue.glob("*/*/behaviour/*.py") if path.parent.parent.name in features)
    return Project.of(
        SourceFile(path=path.relative_to(catalogue).as_posix(), content=path.read_bytes()) for path in found
    )


async def prove(validator: RuntimeValidator, job: ValidationJob, *features: str) -> Proof:
    """Run every behaviour test (of some features, if any are named).

    The generated suites, load and probes are for proofs of whole requests.
    """
    told = (feature for feature in job.start.probe_contract.features if not features or feature.key in features)
    lines = tuple(f"{feature.key}:{show.line}" for feature in told for show in feature.shows)
    proof = Proof()
    async for said in validator.said(job, lines):
        if said.HasField("show"):
            where = f"{said.show.feature}:{said.show.line}"
            if said.show.state == CHECK_STATE_PASSED:
                proof.passed += 1
                continue
            proof.wrong.append(f"{where} is {CheckState.Name(said.show.state)}")
            proof.wrong += [
                f"{where} {behaviour.name}: {behaviour.message}"
                for behaviour in said.show.behaviours
                if behaviour.state != CHECK_STATE_PASSED
            ]
        elif said.HasField("check") and said.check.state != CHECK_STATE_PASSED:
            proof.wrong.append(f"{said.check.name}: {said.check.message}")
    return proof

"""What holds of every JDL text: a right one becomes a contract, a wrong one is told by its places, and none crashes."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from stackwright_registry.catalogue import Catalogue
from stackwright_registry.jdl.compiling import compile_jdl
from stackwright_registry.jdl.ends import KINDS
from stackwright_registry.jdl.types import TYPES
from stackwright_registry.problems import Problems
from stackwright_registry.resolving.draft import DomainInput, draft_contract

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "jdl"
_WORD = re.compile(r"\w+|[^\w\s]|\s+")
# Each validation as people write it, and what cannot stand beside it.
_STATED = {
    "required": "required",
    "unique": "unique",
    "minlength": "minlength(2)",
    "maxlength": "maxlength(90)",
    "pattern": "pattern(/[a-z]{2,9}/)",
    "min": "min(-5)",
    "max": "max(70000)",
    "minbytes": "minbytes(1)",
    "maxbytes": "maxbytes(9000)",
}
_OPTIONS = (
    "paginate * with pagination",
    "paginate * with infinite-scroll except Thing1",
    "dto all with mapstruct",
    "service Thing0, Thing1 with serviceClass",
    "use serviceImpl, mapstruct for *",
    "search Thing2 with elasticsearch",
    "filter *",
    "readOnly Thing3",
    "skipServer Thing1 except Thing1",
    "angularSuffix * with mine",
)


def _field(chance: random.Random, number: int) -> str:
    kind = chance.choice([*TYPES, "Mood"])
    fitting = [*TYPES.get(kind, ()), "required", "unique"]
    stated = chance.sample(fitting, chance.randint(0, min(3, len(fitting))))
    # The two names of one bound do not stand together.
    if kind == "TextBlob":
        stated = [
            name for name in stated if not name.endswith("bytes") or name.replace("bytes", "length") not in stated
        ]
    words = chance.choice(("", "@Id ", "@custom(a) ", "/** What it is. */ "))
    return f"  {words}f{number} {kind} {' '.join(_STATED[name] for name in stated)}".rstrip()


def _text(chance: random.Random) -> str:
    lines = ["enum Mood { GOOD, /** Rather. */ BAD (bad) }"]
    for number in range(6):
        end = chance.choice((",\n", "\n"))
        fields = end.join(_field(chance, inner) for inner in range(chance.randint(0, 7)))
        lines.append(
            f"entity Thing{number} {{\n{fields}\n}}" if fields or chance.random() < 0.5 else f"entity Thing{number}"
        )
    for number in range(8):
        source, target = chance.randrange(6), chance.randrange(6)
        required = " required" if source != target and chance.random() < 0.5 else ""
        near, far = (required, "") if chance.random() < 0.5 else ("", required)
        back = chance.choice(("", f"{{r{number}back{far}}}"))
        lines.append(
            f"relationship {chance.choice(KINDS)} {{ Thing{source}{{r{number}{near}}} to Thing{target}{back} }}"
        )
    lines.append("relationship ManyToOne { Thing0{person(login)} to User with builtInEntity }")
    lines.extend(chance.sample(_OPTIONS, 4))
    chance.shuffle(lines)
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(25))
def test_every_text_that_is_right_becomes_a_contract(catalogue: Catalogue, seed: int) -> None:
    text = _text(random.Random(seed))
    result = draft_contract(catalogue, ["authentication"], DomainInput(jdl=text))
    own = {item.name: item for item in result.models if item.name.startswith("Thing")}
    assert len(own) == 6
    operations = {(item.model_id, item.name): item for item in result.operations}
    for item in own.values():
        # An update exists where there is something to change, and only there.
        update = operations.get((item.id, "update"))
        assert update is None or update.inputs


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.jdl")), ids=lambda path: path.stem)
def test_a_text_with_slips_is_told_by_its_places(path: Path) -> None:
    chance = random.Random(path.stem)
    words = _WORD.findall(path.read_text("utf-8"))
    for _ in range(40):
        broken = list(words)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(broken))
            broken[at] = chance.choice(("", broken[at] * 2, chance.choice(words), "{", "}", "(", '"', "/*", "@"))
        text = "".join(broken)
        problems = Problems()
        compile_jdl(text, problems)
        lines = text.split("\n")
        for problem in problems.sorted():
            assert 1 <= problem.place.line <= len(lines), (problem, text)
            assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1, (problem, text)
            assert problem.message.endswith("."), problem

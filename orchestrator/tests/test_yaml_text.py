"""YAML of structures: what the library itself prints, and reads back."""

import yaml
from hypothesis import given
from hypothesis import strategies as some

from stackwright_orchestrator.yaml_text import yaml_text

_SCALARS = (
    some.none()
    | some.booleans()
    | some.integers()
    | some.text()
    | some.sampled_from(["yes", "1e3", "~", "2026-01-31", "0x1f", "", "a: b", "- c", "#d", "é\n  f\n"])
)
_KEYS = some.text(max_size=20)
_STRUCTURES = some.dictionaries(
    _KEYS,
    some.recursive(
        _SCALARS,
        lambda parts: some.lists(parts, max_size=4) | some.dictionaries(_KEYS, parts, max_size=4),
        max_leaves=12,
    ),
    max_size=6,
)


class _WithoutAliases(yaml.CSafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@given(_STRUCTURES)
def test_it_is_what_the_library_prints(structure: dict[str, object]) -> None:
    text = yaml_text(structure)
    assert text == yaml.dump(structure, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True, width=120)


def test_what_reads_as_something_else_is_quoted() -> None:
    structure = {"on": True, "one": 1, "text": "true", "date": "2026-01-31", "share": 0.5, "none": None, "list": []}
    assert yaml.safe_load(yaml_text(structure)) == structure
    assert "text: 'true'" in yaml_text(structure)

"""A model of a hundred entities of ten fields with 150 relations, as a request."""

import json

from bench.suite_process import EXAMPLE, ROOT

ENTITIES, FIELDS, RELATIONS = 100, 10, 150
TYPESCRIPT = ROOT / "examples" / "enterprise-app-typescript.json"
_TYPES = ("string(1..80) search", "text optional", "int", "decimal", "bool filter", "date optional filter")


def request(*, typescript: bool = False) -> str:
    """A request document for these entities and user accounts. Each refers only to entities before it."""
    document = json.loads((TYPESCRIPT if typescript else EXAMPLE).read_text())
    document["requirements"] = {"authentication": True, "user_management": True}
    document["domain"] = {"entities": {f"Thing{number}": {"fields": _fields(number)} for number in range(ENTITIES)}}
    return json.dumps(document)


def _fields(number: int) -> dict[str, str]:
    fields = {f"field_{place}": _TYPES[place % len(_TYPES)] for place in range(FIELDS)}
    # The second one has three, each after it one or two by turns: 150 in all.
    count = 0 if number == 0 else 3 if number == 1 else 1 + number % 2
    return fields | {
        f"link_{place}": f"ref Thing{(number * 7 + place * 13) % number} optional" for place in range(count)
    }


def relations() -> int:
    """How many there are."""
    return sum(name.startswith("link_") for number in range(ENTITIES) for name in _fields(number))

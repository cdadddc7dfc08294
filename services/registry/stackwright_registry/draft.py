"""Draw up a contract at a terminal: `python -m stackwright_registry.draft --features user_management --json`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from google.protobuf import json_format

from stackwright_registry.catalogue import load_catalogue
from stackwright_registry.problems import ContractRefusedError
from stackwright_registry.resolving.draft import DomainInput, draft_contract

_CATALOGUE = Path(__file__).resolve().parents[3] / "catalogue"


def main(arguments: list[str] | None = None) -> int:
    """Write the contract to a file or, as JSON, to the standard output; 2 when it is refused."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--features", default="", help="names of features, joined by commas")
    parser.add_argument("--catalogue", type=Path, default=_CATALOGUE, help="folder of the catalogue")
    parser.add_argument("--entities", type=Path, help="JSON file of entities: {Name: {fields: …}}")
    parser.add_argument("--jdl", type=Path, help="JDL file of entities")
    parser.add_argument("--project", default="Application", help="name of the project")
    parser.add_argument("--probe", action="store_true", help="add the entity Sample of the behaviour tests")
    parser.add_argument("--out", type=Path, help="write the protobuf to this file")
    parser.add_argument("--json", action="store_true", help="write JSON to the standard output")
    given = parser.parse_args(arguments)
    entities = json.loads(given.entities.read_text("utf-8")) if given.entities else {}
    jdl = given.jdl.read_text("utf-8") if given.jdl else ""
    names = [name.strip() for name in given.features.split(",") if name.strip()]
    try:
        catalogue = load_catalogue(given.catalogue)
        result = draft_contract(catalogue, names, DomainInput(entities, jdl=jdl), given.project, given.probe)
    except ContractRefusedError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if given.out:
        given.out.write_bytes(result.SerializeToString(deterministic=True))
    if given.json:
        sys.stdout.write(json_format.MessageToJson(result, preserving_proto_field_name=True, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Lines that only applications with organizations have, and the applications that have them."""

from __future__ import annotations

from stackwright_node_backend.handler import blueprint_folder
from stackwright_node_backend.organizations import chosen, marked
from stackwright_sdk.handler import Blueprint

TEXT = """const a = 1; //@no-organizations
//@organizations const a = 2;

if (a) {
  //@organizations // Why.
  //@organizations b();
  c();
}
"""


def test_a_marked_line_stands_in_the_applications_alone_that_it_is_for() -> None:
    assert marked(TEXT, organizations=False) == "const a = 1;\n\nif (a) {\n  c();\n}\n"
    assert marked(TEXT, organizations=True) == "const a = 2;\n\nif (a) {\n  // Why.\n  b();\n  c();\n}\n"


def test_no_mark_is_delivered() -> None:
    blueprint = Blueprint.load(blueprint_folder())
    for organizations in (False, True):
        files = chosen(blueprint, organizations=organizations).files
        assert files.keys() == blueprint.files.keys()
        assert not [path for path, file in files.items() if b"//@" in file.content]
        changed = [path for path, file in files.items() if file.content != blueprint.files[path].content]
        assert "backend/src/shared/policy/caller.ts" in changed
        assert len(changed) < 15, "most files know nothing of organizations"

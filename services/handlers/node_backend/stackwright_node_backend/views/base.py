"""Where the base has what emitted operations are built from."""

from stackwright_node_backend import typescript as ts

_ACTIONS = "src/shared/actions"
STORAGE = "src/shared/storage/index.ts"
_FILES = {
    f"{_ACTIONS}/rows.ts": (
        "listOperation",
        "choicesOperation",
        "readOperation",
        "createOperation",
        "rowOperation",
        "deleteOperation",
        "permittedIn",
    ),
    f"{_ACTIONS}/operation.ts": ("action", "nativeAction", "query"),
    f"{_ACTIONS}/asking.ts": ("asked", "possible", "referred", "shown", "shownAt"),
    f"{_ACTIONS}/single.ts": ("readSingleOperation", "putOperation", "deleteSingleOperation"),
    f"{_ACTIONS}/token.ts": ("tokenOperation",),
    f"{_ACTIONS}/move.ts": ("lockListOf", "moveRow"),
    f"{_ACTIONS}/repoint.ts": ("repoint",),
    "src/shared/query/rows.ts": ("shownRow",),
    f"{_ACTIONS}/signal.ts": ("signalOperation",),
    "src/shared/query/metrics.ts": ("metricOperation",),
    STORAGE: ("fileAction", "fileRowAction", "fileAnswer", "attach"),
}
_FILE_OF = {name: file for file, names in _FILES.items() for name in names}


def import_base(imports: ts.Imports, name: str) -> str:
    """Import a function of the base by its name."""
    return imports.add(_FILE_OF[name], name)

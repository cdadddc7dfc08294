"""How long: intervals such as `5m`, and the units that rates are counted in."""

from __future__ import annotations

import re

from stackwright_registry.yaml_source import Source

_INTERVAL = re.compile(r"^(\d+)([smhd])$")
UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(source: Source) -> int:
    """Read an interval such as `5m` as seconds."""
    match = _INTERVAL.match(source.text("an interval such as 5m"))
    if not match or int(match[1]) < 1:
        source.wrong("wrong_shape", "An interval is written `30s`, `5m`, `1h` or `1d`.")
        return 60
    return int(match[1]) * UNIT_SECONDS[match[2]]

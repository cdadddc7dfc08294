"""The functions of the profile: what they take and what they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stackwright.contract.v1 import expression_pb2 as pb
from stackwright_registry.expressions.types import (
    BOOL,
    DATE,
    DECIMAL,
    DURATION,
    INT,
    NUMBERS,
    ORDERED,
    STRING,
    TIME,
    Type,
    unify,
)

_TEXT = frozenset({pb.VALUE_KIND_STRING})
_INT = frozenset({pb.VALUE_KIND_INT})
_DATES = frozenset({pb.VALUE_KIND_DATE, pb.VALUE_KIND_TIMESTAMP})
_DATE = frozenset({pb.VALUE_KIND_DATE})
_STAMP = frozenset({pb.VALUE_KIND_TIMESTAMP})
_POINT = frozenset({pb.VALUE_KIND_POINT})
_ROW = frozenset({pb.VALUE_KIND_ROW})
_SIZED = frozenset({pb.VALUE_KIND_ROWS, pb.VALUE_KIND_LIST, pb.VALUE_KIND_STRING})
_SHOWN = ORDERED | {pb.VALUE_KIND_BOOL, pb.VALUE_KIND_ENUM}
_LEAST = 2

Result = Callable[[list[Type]], Type | None]


@dataclass(frozen=True)
class Signature:
    """A function: the kinds that each argument may have, and the type of its result.

    `optional` says how many of the last arguments may be left out; `many` that the last may stand more often.
    """

    function: pb.Function
    takes: tuple[frozenset[pb.ValueKind], ...]
    gives: Result
    optional: int = 0
    many: bool = False
    nullable: bool = False


def _always(type_: Type) -> Result:
    return lambda arguments: type_


def _one_type(arguments: list[Type]) -> Type | None:
    found: Type | None = arguments[0]
    for argument in arguments[1:]:
        found = unify(found, argument) if found is not None else None
    return found


def _coalesce(arguments: list[Type]) -> Type | None:
    found = _one_type(arguments)
    if found is None:
        return None
    last = arguments[-1]
    return found.required().optional(last.nullable, last.lookup)


SIGNATURES: dict[str, Signature] = {
    "coalesce": Signature(pb.FUNCTION_COALESCE, (frozenset(), frozenset()), _coalesce, many=True, nullable=True),
    "round": Signature(pb.FUNCTION_ROUND, (NUMBERS, _INT), _always(DECIMAL)),
    "least": Signature(pb.FUNCTION_LEAST, (ORDERED, ORDERED), _one_type, many=True),
    "greatest": Signature(pb.FUNCTION_GREATEST, (ORDERED, ORDERED), _one_type, many=True),
    "lower": Signature(pb.FUNCTION_LOWER, (_TEXT,), _always(STRING)),
    "upper": Signature(pb.FUNCTION_UPPER, (_TEXT,), _always(STRING)),
    "trim": Signature(pb.FUNCTION_TRIM, (_TEXT,), _always(STRING)),
    "string": Signature(pb.FUNCTION_STRING, (_SHOWN,), _always(STRING)),
    "minutes": Signature(pb.FUNCTION_MINUTES, (_INT,), _always(DURATION)),
    "hours": Signature(pb.FUNCTION_HOURS, (_INT,), _always(DURATION)),
    "days": Signature(pb.FUNCTION_DAYS, (_INT,), _always(DURATION)),
    "addMonths": Signature(pb.FUNCTION_ADD_MONTHS, (_DATES, _INT), lambda arguments: arguments[0].required()),
    # A timestamp is UTC unless the zone is named.
    "year": Signature(pb.FUNCTION_YEAR, (_DATES, _TEXT), _always(INT), optional=1),
    "month": Signature(pb.FUNCTION_MONTH, (_DATES, _TEXT), _always(INT), optional=1),
    "weekday": Signature(pb.FUNCTION_WEEKDAY, (_DATES, _TEXT), _always(INT), optional=1),
    "dateOf": Signature(pb.FUNCTION_DATE_OF, (_STAMP, _TEXT), _always(DATE)),
    "timeOf": Signature(pb.FUNCTION_TIME_OF, (_STAMP, _TEXT), _always(TIME)),
    "workdays": Signature(pb.FUNCTION_WORKDAYS, (_DATE, _DATE), _always(INT)),
    "inRange": Signature(pb.FUNCTION_IN_RANGE, (_TEXT, _TEXT), _always(BOOL)),
    "distance": Signature(pb.FUNCTION_DISTANCE, (_POINT, _POINT), _always(DECIMAL)),
    "display": Signature(pb.FUNCTION_DISPLAY, (_ROW,), _always(STRING)),
    "model": Signature(pb.FUNCTION_MODEL, (_ROW,), _always(STRING)),
    "size": Signature(pb.FUNCTION_SIZE, (_SIZED,), _always(INT)),
    "readable": Signature(pb.FUNCTION_READABLE, (_ROW,), _always(BOOL)),
    "writable": Signature(pb.FUNCTION_WRITABLE, (_ROW,), _always(BOOL)),
}

MACROS: dict[str, pb.Macro] = {
    "exists": pb.MACRO_EXISTS,
    "all": pb.MACRO_ALL,
    "filter": pb.MACRO_FILTER,
    "map": pb.MACRO_MAP,
    "sum": pb.MACRO_SUM,
    "avg": pb.MACRO_AVG,
    "min": pb.MACRO_MIN,
    "max": pb.MACRO_MAX,
    "find": pb.MACRO_FIND,
}
TESTS = frozenset({pb.MACRO_EXISTS, pb.MACRO_ALL, pb.MACRO_FILTER, pb.MACRO_FIND})


def takes(signature: Signature, number: int) -> frozenset[pb.ValueKind]:
    """Give the kinds that an argument may have; empty: any."""
    return signature.takes[min(number, len(signature.takes) - 1)]


def count_fits(signature: Signature, count: int) -> bool:
    """Say whether a function may be called with so many arguments."""
    least = len(signature.takes) - signature.optional
    return count >= least and (signature.many or count <= len(signature.takes))

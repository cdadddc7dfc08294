"""Exact decimals and dates as PostgreSQL computes them."""

import datetime
import math
from calendar import monthrange
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TypeVar

Moment = TypeVar("Moment", datetime.date, datetime.datetime)

_EXACT = Context(prec=2000)
_SIGNIFICANT_DIGITS = 16
_DIGITS_PER_GROUP = 4


def rounded(value: Decimal, places: int) -> Decimal:
    """Rounded half away from zero."""
    cut = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)
    return cut if places >= 0 else Decimal(int(cut))


def divided(left: Decimal, right: Decimal) -> Decimal:
    """A quotient with the digits `numeric` gives: at least sixteen significant ones, in groups of four."""
    if right == 0:
        raise ZeroDivisionError("division by zero")
    weight_left, first_left = _leading_group(left)
    weight_right, first_right = _leading_group(right)
    weight = weight_left - weight_right - (1 if first_left <= first_right else 0)
    scale = max(_SIGNIFICANT_DIGITS - weight * _DIGITS_PER_GROUP, _scale(left), _scale(right), 0)
    return rounded(_EXACT.divide(left, right), min(scale, 1000))


def remainder(left: int | Decimal, right: int | Decimal) -> int | Decimal:
    """What is left of a division, with the sign of the dividend."""
    if isinstance(left, int) and isinstance(right, int):
        return int(math.copysign(abs(left) % abs(right), left))
    return _EXACT.remainder(Decimal(left), Decimal(right))


def add_months(moment: Moment, months: int) -> Moment:
    """Some months later; the day is the last of the month where that month is shorter."""
    month = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(month, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def workdays(start: datetime.date, end: datetime.date) -> int:
    """Days from Monday to Friday between two dates, both included."""
    days = (end - start).days + 1
    return sum(1 for day in range(max(days, 0)) if (start + datetime.timedelta(days=day)).isoweekday() < 6)


def _scale(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _leading_group(value: Decimal) -> tuple[int, int]:
    """Weight and value of the first non-zero group of four digits, as `numeric` stores it."""
    if value == 0:
        return 0, 0
    weight = value.copy_abs().adjusted() // _DIGITS_PER_GROUP
    return weight, int(value.copy_abs().scaleb(-weight * _DIGITS_PER_GROUP, context=_EXACT))

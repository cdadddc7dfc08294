"""Places, paths, times and comparisons."""

from datetime import UTC, datetime

import pytest

from stackwright_runtime_validator.scenarios.expectations import Subject, compare, same
from stackwright_runtime_validator.scenarios.places import (
    Kept,
    PlaceError,
    Scope,
    fill,
    fill_expected,
    moment,
    names_in,
    sample_file,
)
from stackwright_runtime_validator.scenarios.values import MISSING, Json, PathError, find

ITEMS: list[Json] = [{"id": 1, "current": False}, {"id": 2, "current": True, "tags": ["a"]}]
ROWS: Json = {"items": ITEMS, "a.b": 3, "null": None}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("items.0.id", 1),
        ("items[current=true].id", 2),
        ("items[id=2].tags.0", "a"),
        ("items.9.id", MISSING),
        ("items[id=9].id", MISSING),
        ("nothing", MISSING),
        ("null", None),
        ("a.b", 3),
    ],
)
def test_paths(path: str, value: object) -> None:
    assert find(ROWS, path) == value


def test_a_path_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(PathError, match="is not a path"):
        find(ROWS, "items[")


def test_a_whole_place_keeps_its_type_and_others_become_text() -> None:
    scope = Scope({"row": Kept(ROWS)}, {"ann@phone": {"email": "a@b"}})
    assert fill("$row.items.1", scope) == ITEMS[1]
    assert fill("$row.items.0.id,$row.items.1.current", scope) == "1,true"
    assert fill({"to": ["$ann@phone.email"]}, scope) == {"to": ["a@b"]}
    assert fill("costs $5", scope) == "costs $5"
    assert names_in({"a": ["$x.y", "$ann@phone.z and $w"]}) == {"x", "ann@phone", "w"}
    with pytest.raises(PlaceError, match=r"has no items\.7"):
        fill("$row.items.7", scope)


def test_bytes_are_compared_with_a_file_of_the_runner() -> None:
    picture = sample_file("small.png").content
    expected = fill_expected({"bytes": "@small.png", "text": "@small.png"}, Scope())
    assert expected == {"bytes": picture.hex(), "text": "@small.png"}
    assert isinstance(expected, dict)
    assert compare(Subject(None, content=picture), {"bytes": expected["bytes"]}) == []
    assert compare(Subject(None, content=picture[:-1]), {"bytes": expected["bytes"]})


@pytest.mark.parametrize(
    ("period", "at", "wanted"),
    [
        ("P2D", "12:00", "2026-01-03T12:00:00.000Z"),
        ("PT90M", "", "2026-01-01T11:30:00.000Z"),
        ("-P1DT1H", "", "2025-12-31T09:00:00.000Z"),
    ],
)
def test_times_from_now(period: str, at: str, wanted: str) -> None:
    assert moment(period, at, datetime(2026, 1, 1, 10, tzinfo=UTC)) == wanted


def test_a_wrong_period_is_refused() -> None:
    with pytest.raises(PlaceError, match="not a period"):
        moment("2 days", "", datetime.now(UTC))


def test_files_of_the_runner() -> None:
    assert sample_file("small.png").content.startswith(b"\x89PNG")
    assert len(sample_file("two-megabytes.png").content) > 2 * 1024 * 1024
    assert sample_file("program.png").content.startswith(b"\x7fELF")
    assert sample_file("abc.txt").content == b"abc"


def test_json_equality_tells_true_from_one_and_ignores_the_order_of_members() -> None:
    assert same({"a": 1, "b": [1.0]}, {"b": [1], "a": 1})
    assert not same(True, 1)
    assert not same([1, 2], [2, 1])


def test_a_member_called_text_is_not_the_raw_body() -> None:
    subject = Subject({"text": "hello"}, '{"text": "hello"}')
    assert compare(subject, {"text": "hello"}) == []
    assert compare(Subject({"a": 1}, '{"a": 1}'), {"text": {"lacks": "b"}}) == []

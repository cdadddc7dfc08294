"""Texts for patterns fit them, are told apart by their number, and are not made up where none is found."""

from __future__ import annotations

import re

import pytest

from stackwright_sdk.pattern_texts import Piece, pieces, text_of, ways

PATTERNS = [
    r"^[A-Z]{2}-[0-9]{4}$",
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"^#[0-9a-fA-F]{6}$",
    r"^[+]?[0-9][0-9 ()./-]*$",
    r"^(?:foo|ba[rz])\.x$",
    r"^.{3,5}$",
    r"^[^\\\]a-z]+\u0041\x42$",
    r"^(?:[A-Z][a-z]{2,8} ){2}[A-Z]$",
    r"^\d{5}(?:-\d{4})?$",
    r"^\w+\s\S$",
    r"^a{3}?b$",
    r"^[-a]+[a-]$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_texts_fit_and_differ(pattern: str) -> None:
    found = pieces(pattern)
    assert found is not None
    texts = [text_of(pattern, number) for number in range(min(ways(found), 300))]
    assert all(text is not None and re.fullmatch(pattern, text) for text in texts)
    assert len(set(texts)) == len(texts)


def test_lengths_are_kept() -> None:
    assert text_of("^[A-Z]+$", 27, least=5, most=8) == "AAABB"
    assert pieces("^[A-Z]{2}[0-9]*$", least=6) == [
        Piece("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 2, 2),
        Piece("0123456789", 4, None),
    ]
    assert text_of("^[A-Z]{9}$", 0, most=8) is None
    assert text_of("^[A-Z]{2}$", 0, least=3) is None


def test_what_is_read_ahead_may_forbid_the_texts() -> None:
    assert text_of("^(?!00)[0-9]{2}x$", 5) is None
    assert text_of("^(?!zz)[a-c]{2}$", 0) == "aa"


@pytest.mark.parametrize("pattern", ["(", "[a", "^(?:a$", "[^ -~]"])
def test_what_cannot_be_read_has_none(pattern: str) -> None:
    assert text_of(pattern, 0) is None

"""From what people write to words of ASCII letters and digits, and from words to the spellings of each language."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# First of all the plural of an abbreviation: `userIDs` has two words.
_WORD = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]?[a-z]+\d*|[A-Z]+\d*(?![a-z])|[A-Z]|\d+")
_SPECIAL = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "þ": "th",
        "Þ": "Th",
        "\u0131": "i",
        "&": " and ",
        "%": " percent ",
        "@": " at ",
        "+": " plus ",
        "#": " number ",
    }
)
_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "mouse": "mice",
    "goose": "geese",
    "foot": "feet",
    "tooth": "teeth",
    "criterion": "criteria",
    "analysis": "analyses",
    "basis": "bases",
    "diagnosis": "diagnoses",
    "index": "indexes",
    "quiz": "quizzes",
    "status": "statuses",
    "address": "addresses",
    "leaf": "leaves",
    "half": "halves",
    "knife": "knives",
    "shelf": "shelves",
    "life": "lives",
    "hero": "heroes",
    "potato": "potatoes",
}
_UNCOUNTABLE = frozenset(
    {
        "metadata",
        "data",
        "chassis",
        "series",
        "species",
        "equipment",
        "information",
        "news",
        "staff",
        "feedback",
        "inventory",
        "money",
        "software",
        "hardware",
        "sheep",
        "fish",
        "media",
        "people",
        "children",
        "logistics",
        "analytics",
        "progress",
        "access",
    }
)
_MAX_WORDS_LENGTH = 48


def words(text: str) -> list[str]:
    """Cut a name into lower-case ASCII words; never empty, and never beginning with a digit.

    What has no ASCII form gets a stable stand-in made from its hash.
    """
    ascii_text = unicodedata.normalize("NFKD", text.translate(_SPECIAL)).encode("ascii", "ignore").decode()
    found = [word.lower() for word in _WORD.findall(ascii_text)]
    letters = sum(character.isalpha() for character in text)
    kept = sum(len(word) for word in found if not word.isdigit())
    if not found or kept * 2 < letters:
        # Most of it was lost: two such names must not fall together.
        found = [*found, f"x{digest(text, 6)}"]
    if found[0][0].isdigit():
        found[0] = f"n{found[0]}"
    return _bounded(found, text)


def _bounded(found: list[str], text: str) -> list[str]:
    if sum(map(len, found)) + len(found) <= _MAX_WORDS_LENGTH:
        return found
    kept: list[str] = []
    for word in found:
        if sum(map(len, kept)) + len(kept) + len(word) > _MAX_WORDS_LENGTH - 8:
            break
        kept.append(word)
    return [*(kept or [found[0][: _MAX_WORDS_LENGTH - 8]]), f"x{digest(text, 6)}"]


def digest(text: str, length: int) -> str:
    """Give the first hexadecimal digits of a text's hash."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def pascal(parts: list[str]) -> str:
    """`UserProfile`."""
    return "".join(part[0].upper() + part[1:] for part in parts)


def camel(parts: list[str]) -> str:
    """`userProfile`."""
    return parts[0] + pascal(parts[1:]) if parts else ""


def snake(parts: list[str]) -> str:
    """`user_profile`."""
    return "_".join(parts)


def kebab(parts: list[str]) -> str:
    """`user-profile`."""
    return "-".join(parts)


def label(text: str) -> str:
    """What people read: `target_title` → `Target title`; a name that is written for people stays."""
    if " " in text.strip() or not text.isascii():
        return text.strip()
    parts = [part for part in re.split(r"[_\-\s]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)) if part]
    shown = [part if part.isupper() and len(part) > 1 else part.lower() for part in parts]
    if not shown:
        return text
    return " ".join([shown[0][0].upper() + shown[0][1:], *shown[1:]])


def moment_label(text: str) -> str:
    """The label of a time: `last_login_at` → `Last login`; that it is a time is seen by its value."""
    return label(re.sub(r"(?<=[a-z0-9])_at$", "", text))


def article(text: str) -> str:
    """`an` or `a` before these words, by their sound: an audit entry, a user, an hour, an SMS."""
    first = re.split(r"[\s\-]", text.strip(), maxsplit=1)[0]
    if len(first) > 1 and first.isupper():
        # It is spelled out: an S, an M, a U.
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    word = first.lower()
    return "an" if _VOWEL.match(word) and not _SAID_WITH_A.match(word) else "a"


_VOWEL = re.compile(r"[aeiou]|heir|honest|hono|hour")
# It sounds as `you` or `won`: a user, a unit, a one-time code.
_SAID_WITH_A = re.compile(r"eu|ewe|one\b|once|ubi|ukr|unan|uni(?![dmn])|ura|us[aeiu]|ut[ei]")


def plural(parts: list[str]) -> list[str]:
    """Give the words of many; the last word takes the plural."""
    last = parts[-1]
    return [*parts[:-1], _plural(last)]


def _plural(word: str) -> str:
    if word in _UNCOUNTABLE or word[-1].isdigit():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("y") and len(word) > 1 and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        # A name that is a plural already stays one: `Settings`, `Users`.
        return word if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")) else f"{word}es"
    return f"{word}s"

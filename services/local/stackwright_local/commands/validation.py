"""`validate DIR`."""

import argparse

from stackwright_local.validating import validate_directory


async def validate(words: argparse.Namespace) -> int:
    """Validate a generated project as it lies, hand edits included."""
    return await validate_directory(words.directory, words.proof, as_json=words.json)

"""`validate DIR`."""

import argparse

from stackwright_gateway.answers import ApiError, Detail


async def validate(words: argparse.Namespace) -> int:
    """Validate a generated project as it lies, hand edits included."""
    manifest = words.directory / ".stackwright" / "contract.binpb"
    if not manifest.is_file():
        reason = f"{words.directory} is not a generated project: it has no .stackwright/contract.binpb"
        raise ApiError(400, "invalid_argument", f"DIR: {reason}.", [Detail("DIR", reason)])
    from stackwright_local.validating import validate_directory  # loads every validator

    return await validate_directory(words.directory, words.proof, as_json=words.json)

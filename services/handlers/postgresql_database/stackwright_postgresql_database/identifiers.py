"""Names of helpers (triggers, functions) that hang on a name of the contract, cut to what PostgreSQL keeps."""

import hashlib

LONGEST = 63
_HASH_LENGTH = 6


def helper(*parts: str) -> str:
    """`("users", "touch")` → `users_touch`; a longer name is cut and told apart by a hash of the whole."""
    name = "_".join(parts)
    if len(name.encode()) <= LONGEST:
        return name
    tail = hashlib.sha256(name.encode()).hexdigest()[:_HASH_LENGTH]
    return f"{name.encode()[: LONGEST - _HASH_LENGTH - 1].decode(errors='ignore')}_{tail}"

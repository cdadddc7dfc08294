"""How the files of a project name one another."""

from functools import lru_cache
from posixpath import relpath


@lru_cache(maxsize=16_384)
def relative_import(module: str, folder: str) -> str:
    """Give the address of a module as a file in `folder` imports it: `./api.ts`, `../shared/http.ts`.

    Both are paths from the root of the project.
    """
    # A project of a hundred models asks thousands of times; below the root nobody has to be asked where one works.
    relative = relpath(f"/{module}", f"/{folder}")
    return relative if relative.startswith(".") else f"./{relative}"

"""Write the golden files again: `python -m tests.regenerate` in this handler's folder, then read the difference."""

from .conftest import GOLDENS, database_files

if __name__ == "__main__":
    for name, folder in GOLDENS.items():
        for path, text in database_files(name).items():
            folder.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            folder.joinpath(path).write_text(text)

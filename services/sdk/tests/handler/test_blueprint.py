from pathlib import Path

import pytest

from stackwright_sdk.handler import Blueprint, BlueprintFile, Selection


def lay(folder: Path, manifest: str, files: list[str]) -> Path:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"// {name}\n")
    (folder / "blueprint.yaml").write_text(manifest)
    return folder


MANIFEST = """
verbatim:
  - path: src/shared/**
  - path: src/shared/openapi/**
    native: openapi
  - path: src/shared/cache.ts
    secondary: redis
  - path: src/features/chat/*.ts
    feature: chat
except: ["**/*.test.ts"]
"""
FILES = [
    "src/shared/a.ts",
    "src/shared/a.test.ts",
    "src/shared/openapi/deep/b.ts",
    "src/shared/cache.ts",
    "src/features/chat/page.ts",
    "src/features/users/page.ts",
    "node_modules/x/index.ts",
]


def names(files: list[BlueprintFile]) -> list[str]:
    return [file.path for file in files]


def test_the_last_matching_entry_decides(tmp_path: Path) -> None:
    blueprint = Blueprint.load(lay(tmp_path, MANIFEST, FILES))
    assert names(blueprint.select(Selection())) == ["src/shared/a.ts"]
    everything = Selection(frozenset({"chat"}), frozenset({"openapi"}), frozenset({"redis"}))
    assert names(blueprint.select(everything)) == [
        "src/features/chat/page.ts",
        "src/shared/a.ts",
        "src/shared/cache.ts",
        "src/shared/openapi/deep/b.ts",
    ]


def test_the_digest_follows_paths_and_contents(tmp_path: Path) -> None:
    before = Blueprint.load(lay(tmp_path, MANIFEST, FILES)).digest
    (tmp_path / "src/features/users/page.ts").write_text("changed, but never copied")
    assert Blueprint.load(tmp_path).digest == before
    (tmp_path / "src/shared/a.ts").write_text("changed")
    assert Blueprint.load(tmp_path).digest != before


def test_renamed_files_keep_their_rules(tmp_path: Path) -> None:
    blueprint = Blueprint.load(lay(tmp_path, MANIFEST, FILES))
    renamed = [BlueprintFile(path.replace(".ts", ".js"), file.content) for path, file in blueprint.files.items()]
    erased = blueprint.replaced(renamed)
    assert names(erased.select(Selection())) == ["src/shared/a.js"]
    assert "src/features/chat/page.js" in names(erased.select(Selection(features=frozenset({"chat"}))))


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("verbatim: [{path: src/none/**}]", "matches no file"),
        ("verbatim: [{path: src/shared/**, when: always}]", "expected path"),
        ("copy: []", "unknown keys"),
    ],
)
def test_a_faulty_manifest_is_refused(tmp_path: Path, manifest: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Blueprint.load(lay(tmp_path, manifest, FILES))

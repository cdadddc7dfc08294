"""Which files of evidence are kept: safe paths, pictures, each once, and no more than there is room for."""

import pytest

from stackwright.code.v1.measurement_pb2 import EvidenceFile, EvidenceInfo
from stackwright_orchestrator import seen

GOOD = "screenshots/users-1440.webp"


def file(path: str = GOOD, media_type: str = "image/webp", size: int = 4) -> EvidenceFile:
    info = EvidenceInfo(path=path, page="/users/:id", width=1440, state="filled", bytes=size)
    return EvidenceFile(info=info, media_type=media_type, content=b"x" * size)


@pytest.mark.parametrize(
    "refused",
    [
        file("../screenshots/users.webp"),
        file("screenshots/../manifest.webp"),
        file("/screenshots/users.webp"),
        file("screenshots/users.html", "text/html"),
        file("screenshots/users.webp", "text/html"),
        file("screenshots/users.svg", "image/svg"),
        file("manifest.json", "image/json"),
        file(size=0),
        file(size=seen.MAX_FILE_BYTES + 1),
    ],
)
def test_what_is_no_picture_with_a_safe_path_is_left_out(refused: EvidenceFile) -> None:
    assert [kept.info.path for kept in seen.kept([refused, file("screenshots/a.webp")])] == ["screenshots/a.webp"]


def test_each_path_is_kept_once_and_there_is_an_end() -> None:
    first, second = file(), file(size=5)
    assert seen.kept([first, second]) == [first]
    assert len(seen.kept(file(f"screenshots/{n}.webp") for n in range(500))) == seen.MAX_FILES
    large = [file(f"screenshots/{n}.webp", size=seen.MAX_FILE_BYTES) for n in range(100)]
    assert len(seen.kept(large)) == seen.MAX_BYTES // seen.MAX_FILE_BYTES


def test_a_gallery_has_wide_before_narrow_and_errors_last() -> None:
    files = [file(f"screenshots/{width}-{state}.webp") for width in (390, 1440) for state in ("errors", "filled")]
    states = [(390, "errors"), (390, "filled"), (1440, "errors"), (1440, "filled")]
    for each, (width, state) in zip(files, states, strict=True):
        each.info.width, each.info.state = width, state
    (page,) = seen.gallery(files, inside=False)
    assert page.page == "/users/:id"
    assert [picture.caption for picture in page.pictures] == [
        "1440 px, with rows", "390 px, with rows", "1440 px, sent empty", "390 px, sent empty",
    ]  # fmt: skip
    assert page.pictures[0].alt == "Page /users/:id in a window of 1440 px, with rows"

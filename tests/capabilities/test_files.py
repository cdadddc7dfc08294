"""Files: told by their content, sent in pieces, given back in parts."""

import hashlib
import os
from collections.abc import Callable

import pytest
from capability_support import Person, Running

PNG = bytes.fromhex("89504e470d0a1a0a") + os.urandom(4000)
MOST = 1_000_000


def test_a_file_comes_back_as_it_was_sent(running: Running, person: Callable[..., Person]) -> None:
    ann, bob = person(), person()
    answer = ann.client.post("/files", files={"content": ("../../photo.png", PNG, "text/plain")})
    assert answer.status_code == 200
    file = answer.json()["file"]
    assert (file["name"], file["content_type"], file["size"]) == ("photo.png", "image/png", len(PNG))
    assert file["checksum"] == hashlib.sha256(PNG).hexdigest()
    assert "storage_key" not in file
    got = ann.client.get(f"/files/{file['id']}/download")
    assert got.content == PNG
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-disposition"].startswith("attachment")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert ann.at(running.instances[1]).client.get(f"/files/{file['id']}/download").content == PNG
    assert bob.client.get(f"/files/{file['id']}/download").status_code == 404


@pytest.mark.parametrize(
    ("span", "status", "expected"),
    [
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-2", 206, b"89"),
        ("bytes=5-100", 206, b"56789"),
        ("bytes=10-", 416, None),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_a_part_is_given_back(person: Callable[..., Person], span: str, status: int, expected: bytes | None) -> None:
    ann = person()
    file = ann.client.post("/files", files={"content": ("a.txt", b"0123456789")}).json()["file"]
    got = ann.client.get(f"/files/{file['id']}/download", headers={"Range": span})
    assert got.status_code == status
    if expected is not None:
        assert got.content == expected


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("program.png", b"\x7fELF" + os.urandom(1000), 415, "type_refused"),
        ("page.txt", b"<!doctype html><script>x</script>", 415, "type_refused"),
        ("drawing.txt", b'<svg xmlns="http://www.w3.org/2000/svg"/>', 415, "type_refused"),
        ("report.txt", b"%PDF-1.7", 415, "type_refused"),
        ("large.png", PNG + bytes(MOST), 413, "too_large"),
    ],
)
def test_what_may_not_come_in(person: Callable[..., Person], name: str, content: bytes, status: int, code: str) -> None:
    answer = person().client.post("/files", files={"content": (name, content)})
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_file_in_pieces_goes_on_where_it_broke_off(running: Running, person: Callable[..., Person]) -> None:
    ann, bob = person(), person()
    there = ann.at(running.instances[1])
    file = ann.client.post("/files/start", json={"name": "../../etc/passwd", "size": len(PNG)}).json()["file"]
    assert file["name"] == "../../etc/passwd"

    def send(somebody: Person, start: int, end: int, offset: int | None = None) -> tuple[int, dict[str, object]]:
        answer = somebody.client.post(
            f"/files/{file['id']}/append",
            data={"offset": str(start if offset is None else offset)},
            files={"content": ("piece", PNG[start:end])},
        )
        return answer.status_code, answer.json()

    assert ann.client.get(f"/files/{file['id']}/download").status_code == 403
    assert send(ann, 0, 1500) == (200, {"received": 1500, "state": "receiving"})
    status, refused = send(ann, 0, 1500)
    assert (status, refused["error"]["code"]) == (409, "offset_mismatch")  # type: ignore[index]
    assert send(bob, 1500, 2000)[0] == 404
    assert send(there, 1500, len(PNG)) == (200, {"received": len(PNG), "state": "ready"})
    assert ann.client.get(f"/files/{file['id']}/download").content == PNG
    assert send(ann, 0, 10)[0] == 403


def test_a_file_is_never_larger_than_announced(person: Callable[..., Person]) -> None:
    ann = person()
    assert ann.client.post("/files/start", json={"name": "x", "size": MOST + 1}).status_code == 413
    file = ann.client.post("/files/start", json={"name": "x", "size": 10}).json()["file"]
    answer = ann.client.post(f"/files/{file['id']}/append", data={"offset": "0"}, files={"content": ("p", PNG)})
    assert answer.status_code == 413


def test_bodies_that_are_none(person: Callable[..., Person]) -> None:
    client = person().client
    assert client.post("/files", json={}).status_code == 415
    assert client.post("/files", files={"other": ("a.txt", b"x")}).status_code == 422
    assert client.post("/files", content=b"x", headers={"Content-Type": "multipart/form-data"}).status_code == 400
    broken = b'--b\r\nContent-Disposition: form-data; name="content"; filename="a.txt"\r\n\r\nx'
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/files", content=broken, headers=form).status_code == 400

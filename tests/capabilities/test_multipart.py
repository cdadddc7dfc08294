"""Bodies of files that are not as they should be: refused as said, with nothing kept."""

import socket
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from capability_support import BASE, Person, until

FORM = {"Content-Type": "multipart/form-data; boundary=b"}
FILE = ('form-data; name="content"; filename="a.txt"', b"some text")
OFFSET = ('form-data; name="offset"', b"0")


def body(*parts: tuple[str, bytes], end: bytes = b"--b--\r\n") -> bytes:
    """Parts, each its disposition and its content, as a body with the boundary `b`."""
    made = (
        b"--b\r\nContent-Disposition: " + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts
    )
    return b"".join(made) + end


def kept_by(person: Person) -> dict[str, int]:
    """Files in the database and in the store, of everybody."""
    answer: dict[str, int] = person.client.get("/files/kept").json()
    return answer


BROKEN: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 400),
    "no part": (b"--b--\r\n", 422),
    "another boundary": (body(FILE).replace(b"--b", b"--c"), 400),
    "no end": (body(FILE, end=b""), 400),
    "ends in a head": (b'--b\r\nContent-Disposition: form-data; name="con', 400),
    "no disposition": (b"--b\r\nX: y\r\n\r\nz\r\n--b--\r\n", 422),
    "no file": (body(OFFSET), 422),
    "file without a name": (body(('form-data; name="content"', b"x")), 422),
    "two files": (body(FILE, FILE), 400),
    "another file behind it": (body(FILE, ('form-data; name="other"; filename="b"', b"x")), 400),
    "a field behind the file": (body(FILE, OFFSET), 400),
    "a field twice": (body(OFFSET, OFFSET, FILE), 400),
    "ten thousand fields": (body(*((f'form-data; name="f{n}"', b"x") for n in range(10_000)), FILE), 400),
    "a long field": (body(('form-data; name="offset"', b"1" * 200_000), FILE), 400),
    "a field with a long name": (body((f'form-data; name="{"n" * 5000}"', b"1"), FILE), 422),
    "an unknown field": (body(('form-data; name="__proto__"', b"1"), FILE), 422),
    "a head that never ends": (b"--b\r\nX: " + b"y" * 200_000, 400),
    "null bytes": (b"\0" * 10_000, 400),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_is_refused_and_nothing_is_kept(person: Callable[..., Person], name: str) -> None:
    ann = person()
    content, status = BROKEN[name]
    before = kept_by(ann)
    answer = ann.client.post("/files", content=content, headers=FORM)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error"}
    assert kept_by(ann) == before
    assert ann.client.post("/files", files={"content": ("a.txt", b"x")}).status_code == 200, "it works on"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\r\nX-Evil: 1.txt", "a%0D%0AX-Evil: 1.txt"),
        ("..\\..\\windows\\a.txt", "a.txt"),
        ("/etc/passwd", "passwd"),
        ("\u202egnp.exe", None),
        ("x" * 2000, "x" * 255),
        ("..", None),
        (" ", "file"),
    ],
)
def test_a_name_is_one_line_without_folders(person: Callable[..., Person], sent: str, kept: str | None) -> None:
    ann = person()
    answer = ann.client.post("/files", files={"content": (sent, b"some text")})
    assert answer.status_code == 200, answer.text
    file = answer.json()["file"]
    assert kept is None or file["name"] == kept
    assert not set(file["name"]) & set("/\\\r\n\0")
    header = ann.client.get(f"/files/{file['id']}/download").headers
    assert "x-evil" not in header
    assert header["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r", "\0"])
def test_a_line_break_in_a_name_makes_no_header(person: Callable[..., Person], ends: str) -> None:
    ann = person()
    content = body((f'form-data; name="content"; filename="a{ends}X-Evil: 1.txt"', b"some text"))
    answer = ann.client.post("/files", content=content, headers=FORM)
    assert answer.status_code in (200, 400, 422), answer.text
    if answer.status_code == 200:
        file = answer.json()["file"]
        assert not set(file["name"]) & set("\r\n\0")
        assert "x-evil" not in ann.client.get(f"/files/{file['id']}/download").headers


def test_an_upload_that_is_broken_off_leaves_nothing(person: Callable[..., Person]) -> None:
    ann = person()
    before = kept_by(ann)
    address = urlsplit(ann.address)
    head = (
        f"POST {BASE}/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {ann.id}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n"
    )
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port)) as connection:
        connection.sendall(head.encode() + body(FILE, end=b"")[:-2] + b"y" * 200_000)
        time.sleep(0.3)
    assert until(lambda: kept_by(ann) == before, 5)

"""Files on their way into a sandbox."""

from __future__ import annotations

import io
import posixpath
import tarfile
from collections.abc import Mapping

from stackwright_sdk.sandbox.spec import SandboxError


def packed(files: Mapping[str, bytes], folder: str) -> bytes:
    """A tar archive of files, each below `folder`; scripts may be run. A path that leads out is a SandboxError."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name, content in files.items():
            path = posixpath.normpath(posixpath.join(folder, name))
            if path.startswith(("/", "../")):
                raise SandboxError(f"{name!r} lies outside the scratch folder")
            member = tarfile.TarInfo(path)
            member.size = len(content)
            member.mode = 0o755 if content.startswith(b"#!") else 0o644
            tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()

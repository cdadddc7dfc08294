"""Native operations: what of the blueprint does the work, and how it is called."""

from dataclasses import dataclass

from stackwright.contract.v1 import operation_pb2 as o
from stackwright_node_backend.application import Application


@dataclass(frozen=True)
class Native:
    """A function of the blueprint that does an operation."""

    file: str
    """Beside the feature's own files, or of the base when it begins with `src/`."""
    function: str
    builder: str = "nativeAction"
    makes: bool = False
    """Whether it is given the class of the row that it makes, and answers with that row."""

    def module(self, application: Application, operation: o.Operation) -> str:
        """Path of the file in the back end."""
        return self.file if self.file.startswith("src/") else f"{application.folder(operation.feature)}/{self.file}"


_STORAGE = "src/shared/storage/index.ts"

# The base itself has those of `observe`.
NATIVE = {
    ("auth", "login"): Native("auth/login.ts", "login"),
    ("auth", "refresh"): Native("auth/refresh.ts", "refresh"),
    ("openapi", "document"): Native("openapi/document.ts", "openapiDocument", "query"),
    ("jobs", "retry"): Native("src/shared/jobs/admin.ts", "retryJob", "rowOperation"),
    ("jobs", "cancel"): Native("src/shared/jobs/admin.ts", "cancelJob", "rowOperation"),
    ("mailer", "retry"): Native("src/shared/mailer/index.ts", "retryMail", "rowOperation"),
    ("storage", "upload"): Native(_STORAGE, "upload", "fileAction", makes=True),
    ("storage", "start"): Native(_STORAGE, "start", makes=True),
    ("storage", "append"): Native(_STORAGE, "append", "fileRowAction"),
    ("storage", "download"): Native(_STORAGE, "download", "fileAnswer"),
}

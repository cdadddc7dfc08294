"""What a validator is made of: projects, reports, bounded tools, and the servicer.

A validator subclasses `Validator`, says what it is (`describe`) and looks at a `ValidationJob` (`validate`), telling a
`Report` what it finds; `stackwright_sdk.validation.servicer.ValidatorServicer` puts it behind gRPC. The names of checks
and measurements that score a project are listed in docs/validation.md.
"""

from stackwright_sdk.validation.project import Project, ProjectChanges
from stackwright_sdk.validation.report import CheckRun, Place, Report, fingerprint
from stackwright_sdk.validation.tools import ToolError, ToolResult, python_tool, run_tool
from stackwright_sdk.validation.validator import ValidationJob, Validator

__all__ = [
    "CheckRun",
    "Place",
    "Project",
    "ProjectChanges",
    "Report",
    "ToolError",
    "ToolResult",
    "ValidationJob",
    "Validator",
    "fingerprint",
    "python_tool",
    "run_tool",
]

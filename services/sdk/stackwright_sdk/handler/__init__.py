"""What a handler is made of: a servicer base, blueprint selection, templates and structural composition.

A handler subclasses `TechnologyHandler`, says what it is (`describe`) and turns a `GenerateRequest` into files
(`generate`); `stackwright_sdk.handler.servicer.HandlerServicer` puts it behind gRPC. Files are of three kinds
(verbatim, emitted, composed), see docs/ARCHITECTURE_PATTERNS.md.
"""

from stackwright_sdk.handler.blueprint import Blueprint, BlueprintFile, Selection
from stackwright_sdk.handler.compose import json_file, text_file
from stackwright_sdk.handler.handler import GeneratedProject, ProgressReporter, Refinement, TechnologyHandler
from stackwright_sdk.handler.templates import Templates

__all__ = [
    "Blueprint",
    "BlueprintFile",
    "GeneratedProject",
    "ProgressReporter",
    "Refinement",
    "Selection",
    "TechnologyHandler",
    "Templates",
    "json_file",
    "text_file",
]

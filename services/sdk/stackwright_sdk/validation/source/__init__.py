"""Reading of JavaScript and TypeScript for validators: `SourceAnalyser` for whole halves, `scan` for patterns."""

from stackwright_sdk.validation.source.analyser import (
    SCRIPT_ENDINGS,
    Analysis,
    CallInCode,
    CopiedBlock,
    ImportEdge,
    PageInCode,
    Remark,
    RouteInCode,
    SourceAnalyser,
    SourceModule,
)
from stackwright_sdk.validation.source.patterns import PatternMatch, PatternRules

__all__ = [
    "SCRIPT_ENDINGS",
    "Analysis",
    "CallInCode",
    "CopiedBlock",
    "ImportEdge",
    "PageInCode",
    "PatternMatch",
    "PatternRules",
    "Remark",
    "RouteInCode",
    "SourceAnalyser",
    "SourceModule",
]

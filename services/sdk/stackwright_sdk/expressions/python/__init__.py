"""Expressions evaluated in Python: the reference that SQL and TypeScript are compared with."""

from stackwright_sdk.expressions.python.evaluator import evaluate
from stackwright_sdk.expressions.python.world import Row, RowKey, Value, World

__all__ = ["Row", "RowKey", "Value", "World", "evaluate"]

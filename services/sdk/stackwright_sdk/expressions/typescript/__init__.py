"""Expressions as TypeScript."""

from pathlib import Path

from stackwright_sdk.expressions.analysis import Expression, Node, tree
from stackwright_sdk.expressions.errors import NotCompilable, NotInMemory
from stackwright_sdk.expressions.fragments import TsFragment
from stackwright_sdk.expressions.index import ContractIndex
from stackwright_sdk.expressions.typescript.compiler import Compiler
from stackwright_sdk.expressions.typescript.names import TypeScriptNames

HELPERS = Path(__file__).with_name("values.ts")
"""The functions that compiled expressions call; a back end copies the file into its blueprint."""


def to_typescript(
    expression: Expression | Node, index: ContractIndex, names: TypeScriptNames | None = None
) -> TsFragment:
    """Compile an expression over what is in memory to one TypeScript expression, on one line.

    Raises NotInMemory for what reads other rows or needs exact decimals: the caller asks the database instead.
    """
    compiler = Compiler(index, names or TypeScriptNames())
    try:
        text = compiler.code(tree(expression)).text
    except NotCompilable as problem:
        source = f"{expression.source!r}: " if isinstance(expression, Expression) and expression.source else ""
        raise NotInMemory(f"{source}{problem}") from problem
    return TsFragment(
        text,
        helpers=tuple(sorted(compiler.helpers)),
        roots=tuple(sorted(compiler.roots)),
        permissions=tuple(sorted(compiler.permissions)),
        settings=tuple(sorted(compiler.settings)),
    )


__all__ = ["HELPERS", "TypeScriptNames", "to_typescript"]

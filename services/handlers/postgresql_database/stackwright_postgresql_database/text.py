"""How SQL is laid out: comments, headings, strings, lists."""

import textwrap

WIDTH = 100


def comment(text: str, *, indent: str = "") -> str:
    """A comment over as many lines as it needs."""
    words = " ".join(text.split())
    return "\n".join(f"{indent}-- {line}" for line in textwrap.wrap(words, WIDTH - len(indent) - 3)) if words else ""


def heading(title: str) -> str:
    """The line that begins a section."""
    start = f"-- {title} "
    return start + "-" * max(WIDTH - len(start), 3)


def listed(items: list[str], *, before: str, after: str, indent: str = "") -> str:
    """`before a, b, c after` on one line if it fits, else one item a line."""
    flat = f"{before}{', '.join(items)}{after}"
    if len(indent) + len(flat) <= WIDTH:
        return flat
    inner = f",\n{indent}  ".join(items)
    return f"{before}\n{indent}  {inner}\n{indent}{after}"


def wrapped(items: list[str], *, indent: str, first: int = 0) -> str:
    """Items one after another, over as many lines as they need; `first` is where the first line begins."""
    lines = textwrap.wrap(", ".join(items), WIDTH - len(indent), initial_indent=" " * max(first - len(indent), 0))
    return f"\n{indent}".join(line.lstrip() for line in lines)


def message(text: str) -> str:
    """A message of RAISE: a string literal in which `%` stands for itself."""
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"


def bracketed(condition: str) -> str:
    """A condition as an operand of AND: in brackets unless it is a single name."""
    return condition if condition.replace(".", "_").isidentifier() else f"({condition})"


def differs(columns: list[str], left: str, right: str, *, indent: str) -> str:
    """Whether two rows differ in some columns, null counting as a value; over two lines when it is long."""
    first, second = (", ".join(f"{row}.{name}" for name in columns) for row in (left, right))
    if len(columns) == 1:
        return f"{first} IS DISTINCT FROM {second}"
    flat = f"ROW({first}) IS DISTINCT FROM ROW({second})"
    if len(indent) + len(flat) <= WIDTH:
        return flat
    deeper = f"{indent}  "
    first, second = (wrapped([f"{row}.{name}" for name in columns], indent=deeper) for row in (left, right))
    return f"ROW(\n{deeper}{first}\n{indent}) IS DISTINCT FROM ROW(\n{deeper}{second}\n{indent})"

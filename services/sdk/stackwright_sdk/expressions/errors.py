"""What a back end of the expression compiler says when it cannot compile something."""


class NotCompilable(Exception):  # noqa: N818  # reads as what it says: this expression is not compilable here
    """An expression uses a construct that this back end does not compile; the message names it and the source."""


class NotInMemory(NotCompilable):
    """An expression reads rows that are not loaded, or needs exact decimals: it has to be asked of the database."""

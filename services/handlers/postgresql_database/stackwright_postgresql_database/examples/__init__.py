"""Example rows: a fresh install that is worth showing, the same rows for the same contract, every rule kept."""

from stackwright_postgresql_database.examples.made import Examples
from stackwright_postgresql_database.examples.making import examples_of
from stackwright_postgresql_database.examples.sql import Script, script_of

__all__ = ["Examples", "Script", "examples_of", "script_of"]

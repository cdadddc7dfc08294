"""The handler as a service, for a process of its own or for the whole suite in one."""

from stackwright_kit.server import Service
from stackwright_postgresql_database import __version__
from stackwright_postgresql_database.emit import NAME
from stackwright_postgresql_database.handler import PostgresqlDatabaseHandler
from stackwright_sdk.handler.servicer import HandlerServicer


def service() -> Service:
    """Give the service."""
    handler = PostgresqlDatabaseHandler()
    return Service(NAME, __version__, servicers=[HandlerServicer(handler)], description=handler.describe())

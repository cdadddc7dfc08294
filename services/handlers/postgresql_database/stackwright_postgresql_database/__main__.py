"""`python -m stackwright_postgresql_database`: serve this handler."""

from stackwright_kit.server import serve
from stackwright_postgresql_database.service import service

if __name__ == "__main__":
    serve(service())

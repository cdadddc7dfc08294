"""`python -m stackwright_sql_validator`: serve this validator."""

from stackwright_kit.server import serve
from stackwright_sql_validator.service import service

if __name__ == "__main__":
    serve(service())

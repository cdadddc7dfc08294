"""`python -m stackwright_security_validator`: serve this validator."""

from stackwright_kit.server import serve
from stackwright_security_validator.service import service

if __name__ == "__main__":
    serve(service())

"""`python -m stackwright_javascript_validator`: serve this validator."""

from stackwright_javascript_validator.service import service
from stackwright_kit.server import serve

if __name__ == "__main__":
    serve(service())

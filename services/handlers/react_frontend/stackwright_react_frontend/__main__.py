"""`python -m stackwright_react_frontend`: serve this handler."""

from stackwright_kit.server import serve
from stackwright_react_frontend.service import service

if __name__ == "__main__":
    serve(service())

"""`python -m stackwright_node_backend`: serve this handler."""

from stackwright_kit.server import serve
from stackwright_node_backend.service import service

if __name__ == "__main__":
    serve(service())

"""`python -m stackwright_node_backend`: serve this handler."""

from stackwright_node_backend.service import node_backend_service
from stackwright_kit.server import serve

if __name__ == "__main__":
    serve(node_backend_service())

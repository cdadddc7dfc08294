"""Serve the handler: `python -m stackwright_react_frontend`."""

from stackwright_react_frontend.service import SERVICE
from stackwright_kit.server import serve

if __name__ == "__main__":
    serve(SERVICE)

"""Handler that writes PostgreSQL databases: migrations, seeds, and what to know about them."""

__version__ = "0.1.0"

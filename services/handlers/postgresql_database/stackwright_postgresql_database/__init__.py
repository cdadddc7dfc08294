"""Handler that writes PostgreSQL databases."""

"""Contract registry and feature catalogue."""

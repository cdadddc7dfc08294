"""Validator of SQL."""

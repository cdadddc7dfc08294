"""Validator of security."""

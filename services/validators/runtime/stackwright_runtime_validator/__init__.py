"""Validator of the running application."""

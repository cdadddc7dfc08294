"""Validator of the running application."""

VERSION = "0.1.0"

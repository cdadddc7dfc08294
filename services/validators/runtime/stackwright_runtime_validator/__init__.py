"""Validator of the running application."""

NAME = "runtime"
VERSION = "0.1.0"

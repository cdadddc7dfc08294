"""The validator as a service."""

from stackwright_javascript_validator.validator import JavascriptValidator
from stackwright_kit.server import Service
from stackwright_sdk.validation.service import validator_service


def service() -> Service:
    """Give what `serve` and the one-process suite start."""
    return validator_service(JavascriptValidator)

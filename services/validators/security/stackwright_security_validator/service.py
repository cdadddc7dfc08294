"""The validator as a service."""

from stackwright_kit.server import Service
from stackwright_sdk.validation.service import validator_service
from stackwright_security_validator.validator import SecurityValidator


def service() -> Service:
    """Give what `serve` and the one-process suite start."""
    return validator_service(SecurityValidator)

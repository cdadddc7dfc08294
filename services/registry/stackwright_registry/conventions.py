"""What holds for every endpoint of a generated application: the typed form of docs/API_CONVENTIONS.md."""

from __future__ import annotations

from stackwright.contract.v1 import conventions_pb2 as conventions

_CODES = (
    ("bad_request", 400, "The request cannot be read, or a parameter is unknown."),
    ("unauthenticated", 401, "Sign in first."),
    ("bad_credentials", 401, "E-mail or password is wrong."),
    ("token_expired", 401, "The token has expired."),
    ("token_reused", 401, "The token was used before; the session has ended."),
    ("forbidden", 403, "You may not do this."),
    ("not_found", 404, "There is no such thing."),
    ("method_not_allowed", 405, "The address does not take this method."),
    ("conflict", 409, "This is not possible now."),
    ("idempotency_mismatch", 422, "The key was used with another body."),
    ("precondition_failed", 412, "The row was changed in the meantime."),
    ("payload_too_large", 413, "The body is too large."),
    ("unsupported_media_type", 415, "The body is not JSON."),
    ("validation_failed", 422, "Some fields are not valid."),
    ("rate_limited", 429, "Too many requests; wait a moment."),
    ("headers_too_large", 431, "The address, or a header, is too long."),
    ("internal", 500, "Something went wrong here."),
    ("not_ready", 503, "The application is not ready."),
)

CONVENTIONS = conventions.ApiConventions(
    version=1,
    base_path="/api",
    correlation_header="X-Correlation-Id",
    idempotency_header="Idempotency-Key",
    refresh_cookie="refresh_token",
    token_transport_header="X-Token-Transport",  # noqa: S106  (the name of a header)
    default_page_size=25,
    max_page_size=100,
    max_body_bytes=1_048_576,
    max_json_depth=20,
    error_codes=[conventions.ErrorCode(code=code, status=status, meaning=meaning) for code, status, meaning in _CODES],
    filter_operators=["ne", "lt", "lte", "gt", "gte", "in", "contains", "null"],
    system_schema="system",
)

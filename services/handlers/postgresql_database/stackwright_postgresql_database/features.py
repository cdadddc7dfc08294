"""Features with native modules whose models this handler compiles wholly, with the versions it was tried with."""

FEATURES: dict[str, int] = dict.fromkeys(
    (
        "api_documentation",
        "appointment_booking",
        "authentication",
        "background_jobs",
        "custom_fields",
        "email_notifications",
        "email_verification",
        "file_upload",
        "health_monitoring",
        "invoicing",
        "organizations",
        "password_reset",
        "rate_limiting",
        "real_time_chat",
        "role_based_access_control",
        "security_headers",
        "structured_logging",
    ),
    1,
)

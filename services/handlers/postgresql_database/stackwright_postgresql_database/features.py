"""Features whose models this handler compiles wholly, with the versions it was tried with."""

FEATURES: dict[str, int] = dict.fromkeys(
    (
        "api_documentation",
        "appointment_booking",
        "audit_logging",
        "authentication",
        "comments",
        "content_management",
        "custom_fields",
        "employee_directory",
        "file_upload",
        "health_monitoring",
        "inventory_management",
        "leave_management",
        "notifications",
        "product_catalog",
        "role_based_access_control",
        "session_management",
        "structured_logging",
        "tagging",
        "user_management",
    ),
    1,
)

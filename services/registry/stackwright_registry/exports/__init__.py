"""A contract in the forms that others read: OpenAPI 3.1 and the compact JSON of the REST answer."""

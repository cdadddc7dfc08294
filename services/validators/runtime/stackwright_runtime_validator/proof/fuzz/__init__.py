"""Contract fuzz: every documented operation with values that fit its schema, stand at its edges, and break it."""

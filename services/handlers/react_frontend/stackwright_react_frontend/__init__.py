"""Handler that writes React front ends."""

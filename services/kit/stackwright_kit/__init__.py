"""What every service shares; knows nothing of the domain."""

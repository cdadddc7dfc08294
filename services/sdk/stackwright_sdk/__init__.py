"""For those who write a handler or a validator."""

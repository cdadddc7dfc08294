"""Handler that writes Node.js back ends."""

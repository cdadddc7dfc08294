"""REST shim in front of the orchestrator: JSON in, protobuf out."""

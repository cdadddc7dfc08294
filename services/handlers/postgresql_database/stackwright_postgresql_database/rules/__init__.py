"""Rules of the contract as the database keeps them: constraints where it has one of the kind, triggers where not."""

"""The profile of CEL: lexer, parser and type checker; the result is a typed tree that handlers compile."""

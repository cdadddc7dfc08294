"""What holds for rows of any kind, tried on the user's own entities over HTTP: told by no compiler of ours."""

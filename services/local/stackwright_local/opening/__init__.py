"""`stackwright open`: a generated application, started for a person to look at, apart from where it was delivered."""

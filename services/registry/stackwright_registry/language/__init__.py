"""The reader of the contract language: one feature file to one `FeatureFragment`, strictly and with places."""

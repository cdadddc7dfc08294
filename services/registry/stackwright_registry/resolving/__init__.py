"""From parsed features and the entities of a request to one resolved contract."""

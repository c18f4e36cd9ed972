"""The catalogue becomes a site."""

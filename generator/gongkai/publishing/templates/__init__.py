"""Page templates: compiled to plain Python, kept, and filled."""

"""What visitors search: full texts and names."""

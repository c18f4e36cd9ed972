"""The last looks before publication: links that lead somewhere, nothing personal."""

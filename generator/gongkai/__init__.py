"""Publish a district's government service items: checked YAML in, a static site out."""

__version__ = "0.1.0"

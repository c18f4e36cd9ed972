"""Feeds: what changed, for whoever subscribes, as RSS 2.0, Atom and JSON Feed.

Catalogue → events (what happened, when, in which feeds) → windows (the newest, and months of archives) → files.
"""

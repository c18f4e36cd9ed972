"""Feeds: what changed, for whoever subscribes, as RSS 2.0, Atom and JSON Feed.

Record → drafts (what happened, when, in which feeds) → what a feed carries (the newest, and months of archives) → files.
"""

"""What is known of a project from one run to the next: what its files say, what was found, what was made.

Everything lies in one SQLite file in the project's ``.cache/``. It is never trusted: one that another version of the
program wrote is not looked at, and one that is not exactly what was written is thrown away.
"""

"""Which pages there are: one module a subject, each saying which keys it has and what a page contains."""

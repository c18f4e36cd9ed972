"""Lists that somebody else published, compared with the catalogue, row by row."""

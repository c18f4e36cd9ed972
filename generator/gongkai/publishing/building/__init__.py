"""Making a site: of units, by several processes, all of it or what changed, and putting it in its place."""

"""The comparison: what is measured, of whom, and how it is told."""

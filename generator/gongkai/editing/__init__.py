"""Changes to source files that keep everything else as it is: comments, order, layout."""

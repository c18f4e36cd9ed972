"""What MkDocs makes: the hand-written pages, and the shell around every page of the catalogue."""

"""Tables that somebody else published: CSV, XLSX, JSON and saved web pages become rows of text with their places."""

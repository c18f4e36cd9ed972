"""How names are compared: characters that look alike, differences, near names, mentions in prose."""

"""Personal data in text: where it stands, of which kind it is, and how to speak of it without repeating it."""

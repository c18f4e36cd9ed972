"""What a synthetic district is made of: names, sentences, guides, listings, cases."""

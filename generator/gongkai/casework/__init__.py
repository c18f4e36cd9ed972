"""What is derived from approval cases: due dates, states, delays and efficiency; nothing of it is authored."""

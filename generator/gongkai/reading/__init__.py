"""Text becomes plain data with positions; nothing here knows what the data means."""

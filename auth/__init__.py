"""Who is asking, and what they may do. Nothing here reads a row."""

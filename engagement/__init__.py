"""The measure: pure, one student at a time."""

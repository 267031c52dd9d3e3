"""The demo university: invented from end to end, and the same again for the same seed and day."""

"""Values in, widgets and figures out. Nothing here fetches."""

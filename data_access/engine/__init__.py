"""The batch kernel: what is counted over many rows at once, outside the database that the pages read."""

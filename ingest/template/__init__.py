"""Our own template: one model for each noun, from which the files to fill in and their page are made."""

"""Support, from an offered conversation to a closed plan: the states of each noun, and the rules between them."""

"""The promises of the privacy statement as rules: pure, typed, each with its source."""

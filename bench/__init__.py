"""Measurements, run by hand; their results are committed in `bench/results/`."""

"""The measure on a real Spark cluster on this machine; run by `make test-spark`."""

"""Reading what others export, and making the demo university."""

"""This machine, as seen by whatever starts processes on it: ports, and who dies with whom."""

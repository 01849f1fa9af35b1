"""Kill things while people text STOP, and count: `./dev faults`, or `python -m tests.faults`."""

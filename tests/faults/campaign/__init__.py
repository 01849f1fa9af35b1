"""Kill things while a campaign runs and people text STOP, and count: `./dev faults campaign`."""

"""Running everything on one machine: the embedded store, a small supervisor, and what `up` starts."""

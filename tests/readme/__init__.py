"""The README and what keeps it true: its tables are printed from the code, its commands are run."""

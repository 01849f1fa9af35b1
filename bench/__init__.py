"""Measurements side by side in one run: ratios, never absolute times, because machines differ and are shared."""

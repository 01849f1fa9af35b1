"""The console: pages on which staff see why somebody is or is not subscribed, and decide what is theirs to decide."""

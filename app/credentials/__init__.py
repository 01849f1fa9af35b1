"""How staff prove who they are: passwords and codes."""

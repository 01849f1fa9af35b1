"""`python -m app.cli` is `stopwoord`."""

from app.cli.main import main

main()

"""`python -m bench.serve MODULE:ATTRIBUTE`: any application in the gateway's own web server."""

import sys

from app.settings import read_settings
from app.web.server import serve

if __name__ == "__main__":
    serve(sys.argv[1], read_settings())

"""`python -m connectors`; nothing is loaded before it can be interrupted in peace."""

import sys

from connectors.interruption import run

if __name__ == "__main__":
    sys.exit(run("connectors.commands", sys.argv[1:]))

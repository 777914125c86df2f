"""`python -m kpis`; nothing is loaded before it can be interrupted in peace."""

import sys

from connectors.interruption import run

if __name__ == "__main__":
    sys.exit(run("kpis.commands", sys.argv[1:]))

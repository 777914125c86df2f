"""`python -m connectors`; nothing is loaded before it can be interrupted in peace."""

import gc
import sys

from connectors.interruption import run

# Rows of databases come as tuples by the ten thousand, none of them in a circle: looking for circles among
# them every 700 objects, as Python does, took a sixth of the time that reading takes.
OBJECTS = 200_000

if __name__ == "__main__":
    gc.set_threshold(OBJECTS)
    sys.exit(run("connectors.commands", sys.argv[1:]))

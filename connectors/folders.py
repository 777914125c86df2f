"""Where settings and snapshots lie when nobody says so: the environment's word, else the usual place."""

from __future__ import annotations

import os
from pathlib import Path

CONFIG, DATA = "SEAMLINE_CONFIG", "SEAMLINE_DATA"
USUAL_CONFIG, USUAL_DATA = ".streamlit", "data"


def config_folder(root: Path = Path()) -> Path:
    """The folder of secrets.toml and business.toml: `SEAMLINE_CONFIG`, else `.streamlit` in `root`."""
    return Path(os.environ.get(CONFIG) or root / USUAL_CONFIG)


def data_folder(root: Path = Path()) -> Path:
    """The folder of the snapshots: `SEAMLINE_DATA`, else `data` in `root`."""
    return Path(os.environ.get(DATA) or root / USUAL_DATA)

"""Charts: pure functions from frames to Plotly figures, with words and tables that say the same."""

"""The pages: they read the filters, ask for results, and hand them to cards, charts and tables."""

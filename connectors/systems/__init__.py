"""One module per system; each declares a `connector`."""

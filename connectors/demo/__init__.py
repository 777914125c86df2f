"""The demo: an invented omnichannel retailer, made by a seeded simulator on first start."""

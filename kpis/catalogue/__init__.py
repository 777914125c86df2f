"""The KPIs, one module per stage of the customer journey; discovered, never listed by hand."""

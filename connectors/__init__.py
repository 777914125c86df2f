"""Reads shop databases into validated canonical tables and keeps them as a snapshot."""

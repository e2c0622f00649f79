"""Knows SQL: the reference data, the models, the published files."""

"""Dagster; knows records and tables, knows no HTML."""

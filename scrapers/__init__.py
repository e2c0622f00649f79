"""Reads the web; knows HTML, knows no database."""

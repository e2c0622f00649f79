"""Knows tables and people: the published warehouse as pages in German."""

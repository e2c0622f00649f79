"""Decides what belongs together, who offers it, where it is, and what a council is told."""

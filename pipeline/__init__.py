"""Dagster; knows records and tables, knows no HTML."""

import warnings

# The parts of Dagster that we use and that may still change are pinned by the lock.
warnings.filterwarnings("ignore", message=r".*is currently in (beta|preview)")

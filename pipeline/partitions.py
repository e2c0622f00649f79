"""Sources are the partitions of the harvest."""

from __future__ import annotations

import dagster as dg

sources_partitions = dg.DynamicPartitionsDefinition(name="sources")

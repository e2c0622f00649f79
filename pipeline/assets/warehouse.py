"""From the landings to the mart. The work is done in `pipeline.load`; here it becomes assets."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.harvest import harvest

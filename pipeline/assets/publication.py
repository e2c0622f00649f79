"""The last step: a new published file, then the pointer."""

import dagster as dg

from pipeline.assets.warehouse import MART_TABLES
from pipeline.publish import publish
from pipeline.resources import Atlas


@dg.asset(
    deps=[dg.AssetKey(["mart", table.name]) for table in MART_TABLES],
    kinds={"duckdb", "parquet"},
    group_name="night",
)
def publication(atlas: Atlas) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """A whole new file under a new name; readers see it when the pointer moves, or not at all."""
    path = publish(atlas.settings())
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(path)),
            "bytes": path.stat().st_size,
        }
    )

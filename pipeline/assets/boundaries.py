"""The official municipality boundaries: loaded by itself once a month, never during a night."""

import dagster as dg

from pipeline.boundaries import load_boundaries
from pipeline.resources import Atlas


class BoundariesConfig(dg.Config):
    """`url`: another address than the setting's."""

    url: str = ""


@dg.asset(kinds={"shapefile"}, group_name="boundaries")
def boundaries(config: BoundariesConfig, atlas: Atlas) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Digitale Verwaltungsgrenzen NRW (DVG2), checked against the register and kept for the map.

    Where this fails, the last good ones stay, or the schematic map.
    """
    loaded = load_boundaries(atlas.settings(), atlas.register(), url=config.url)
    return dg.MaterializeResult(
        metadata={
            "municipalities": len(loaded.shapes),
            "as_of": loaded.as_of or "",
            "source": dg.MetadataValue.url(loaded.source),
            "archive_sha256": loaded.archive_sha256,
            "attribution": loaded.attribution,
        }
    )

"""From the landings to the mart. The work is done in `pipeline.load`; here it becomes assets."""

from collections.abc import Iterator

import dagster as dg

from pipeline.assets.harvest import harvest
from pipeline.boundaries_kept import kept_boundaries
from pipeline.landing_reader import list_landings
from pipeline.load import apply_crawls, build_mart, load_reference, stage
from pipeline.resources import Atlas
from warehouse.dictionary import Table, load_dictionary

MART_TABLES: tuple[Table, ...] = load_dictionary().tables


@dg.asset(deps=[harvest], kinds={"duckdb"}, group_name="night")
def staging(atlas: Atlas) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """What the landings say, as read, with lineage. Landings that are there already are left."""
    with atlas.work_database() as connection:
        staged = stage(connection, list_landings(atlas.settings().landing_dir))
    return dg.MaterializeResult(metadata={"new_landings": staged})


@dg.asset(deps=[harvest], kinds={"csv"}, group_name="night")
def reference(atlas: Atlas) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Councils, providers, service areas and municipalities as the register has them."""
    register = atlas.register()
    with atlas.work_database() as connection:
        load_reference(connection, register, kept_boundaries(atlas.settings()))
    return dg.MaterializeResult(
        metadata={
            "councils": len(register.councils),
            "providers": len(register.providers),
            "sources": len(register.sources),
            "content_hash": register.content_hash,
        }
    )


@dg.asset(deps=[staging, reference], kinds={"duckdb"}, group_name="night")
def core(atlas: Atlas) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Identity, merging and history: each night is applied once, in order."""
    with atlas.work_database() as connection:
        applied = apply_crawls(connection, atlas.register())
    return dg.MaterializeResult(metadata={"applied_crawls": applied})


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            key=["mart", table.name],
            deps=[core],
            description=table.description,
            kinds={"duckdb"},
            metadata={
                "dagster/column_schema": dg.TableSchema(
                    columns=[
                        dg.TableColumn(column.name, column.type, column.description)
                        for column in table.columns
                    ]
                )
            },
        )
        for table in MART_TABLES
    ],
    group_name="mart",
)
def mart(atlas: Atlas) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """The tables for people, all in one transaction."""
    with atlas.work_database() as connection:
        build_mart(connection, atlas.register(), atlas.settings())
        for table in MART_TABLES:
            row = connection.execute(f"SELECT count(*) FROM mart.{table.name}").fetchone()
            assert row is not None
            yield dg.MaterializeResult(
                asset_key=["mart", table.name], metadata={"dagster/row_count": row[0]}
            )

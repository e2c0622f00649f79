"""Within a wave no host is read by two spiders, and no source is lost."""

from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from scrapers.crawl import plan_waves
from scrapers.guest.pace import slot_name
from scrapers.records import SourceKind, SourceSpec

sources = st.lists(
    st.builds(
        lambda number, kind, host: SourceSpec(
            source_id=f"s{number}",
            provider_id="p",
            provider_name="p",
            kind=kind,
            start_urls=(f"http://{host}.example/",),
        ),
        st.integers(0, 10_000),
        st.sampled_from(get_args(SourceKind)),
        st.sampled_from(["a", "b", "c", "d"]),
    ),
    unique_by=lambda source: source.source_id,
    max_size=12,
)


@given(sources)
def test_waves_keep_every_source_and_one_spider_per_host(specs: list[SourceSpec]) -> None:
    waves = plan_waves(specs)

    planned = [spec for wave in waves for group in wave.values() for spec in group]
    assert sorted(s.source_id for s in planned) == sorted(s.source_id for s in specs)
    for wave in waves:
        owners: dict[str, set[str]] = {}
        for kind, group in wave.items():
            for spec in group:
                owners.setdefault(slot_name(spec.start_urls[0]), set()).add(kind)
        assert all(len(kinds) == 1 for kinds in owners.values())


@given(sources)
def test_sources_of_one_kind_need_one_wave(specs: list[SourceSpec]) -> None:
    pages = [spec for spec in specs if spec.kind == "page"]
    assert len(plan_waves(pages)) == (1 if pages else 0)

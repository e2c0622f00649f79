"""The register that goes with the sample web: the real councils, and only the sampled providers
have an address, on loopback."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml

from scrapers.sample_web.site import SampleSite
from scrapers.sample_web.sites import SITES

COPIED = ("councils.csv", "municipalities.csv")
COPIED_IF_PRESENT = ("council_totals.csv", "nrw_outline.csv")
SEAT_REASON = "seat"


class BaseRegisterError(Exception):
    """The base register cannot carry the sample; the message names file, what, and the way out."""


def write_register(base: Path, out: Path, origins: Mapping[str, str], today: date) -> None:
    """Writes the sample's register to `out`. `origins` maps site ids to `http://127.0.0.1:port`.

    Raises BaseRegisterError when a file or a sampled provider is missing in `base`.
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if not (base / name).is_file():
            raise BaseRegisterError(f"{base / name} is missing; --base-register must hold it")
        shutil.copyfile(base / name, out / name)
    for name in COPIED_IF_PRESENT:
        (out / name).unlink(missing_ok=True)
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)
    providers = _write_providers(base, out, origins)
    _write_service_areas(base, out, providers)
    _write_sources(out / "sources", origins, today)


def _write_providers(
    base: Path, out: Path, origins: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    columns, rows = _read(base / "providers.csv")
    providers = {row["provider_id"]: row for row in rows}
    if missing := {site.provider_id for site in SITES} - providers.keys():
        raise BaseRegisterError(
            f"{base / 'providers.csv'}, field provider_id: the sample web needs "
            f"{', '.join(sorted(missing))}; add these providers"
        )
    websites = {s.provider_id: origins[s.site_id] for s in SITES if s.kind == "catalogue"}
    for provider_id, row in providers.items():
        row["website"] = websites.get(provider_id, "")
    _write(out / "providers.csv", columns, rows)
    return providers


def _write_service_areas(base: Path, out: Path, providers: dict[str, dict[str, str]]) -> None:
    """Copies the base's areas and sees to it that each sampled VHS serves at least its seat."""
    columns, rows = _read(base / "service_areas.csv")
    served = {(row["provider_id"], row["ags"]) for row in rows}
    for site in SITES:
        seat = (site.provider_id, providers[site.provider_id].get("seat_ags") or "")
        if site.place and seat[1] and seat not in served:
            served.add(seat)
            added = dict.fromkeys(columns, "")
            rows.append({**added, "provider_id": seat[0], "ags": seat[1], "reason": SEAT_REASON})
    _write(out / "service_areas.csv", columns, rows)


def _write_sources(folder: Path, origins: Mapping[str, str], today: date) -> None:
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for site in SITES:
        if site.kind != "catalogue" or site.start_path != "/":
            text = yaml.safe_dump(
                _source(site, origins[site.site_id], today), allow_unicode=True, sort_keys=False
            )
            (folder / f"{site.site_id}.yaml").write_text(text, encoding="utf-8")


def _source(site: SampleSite, origin: str, today: date) -> dict[str, object]:
    least, most = site.expected or (None, None)
    return {
        "id": site.site_id,
        "provider": site.provider_id,
        "kind": site.kind,
        "platform": site.platform,
        "start_urls": [origin + site.start_path],
        "search": None,
        "crawl_delay": None,
        "expect": {"min": least, "max": most},
        "active": True,
        "note": site.note or "Seite des Probenetzes",
        "checked_on": today,
    }


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    if not path.is_file():
        raise BaseRegisterError(f"{path} is missing; --base-register must hold it")
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def _write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)

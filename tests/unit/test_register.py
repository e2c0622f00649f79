"""The register: what is read from it, and the sentence for everything that can be wrong in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.crawling import last_register_dir, remember_register
from pipeline.register import RegisterError, load_register
from scrapers.records import origin_of
from tests.pipeline import landing_builder as given
from warehouse.settings import Settings


def refused(folder: Path, **replaced: str) -> tuple[str, ...]:
    with pytest.raises(RegisterError) as caught:
        load_register(given.write_register(folder, **replaced))
    return caught.value.sentences


def test_the_shipped_register_loads_with_all_its_rows() -> None:
    register = load_register(None)
    assert len(register.councils) == 113
    assert len(register.municipalities) == 396
    assert sum(row.kind == "vhs" for row in register.providers) == 125
    catalogues = [source for source in register.sources if source.kind == "catalogue"]
    assert len(catalogues) == sum(
        row.kind == "vhs" and row.website is not None for row in register.providers
    )
    assert {source.source_id for source in register.sources if source.kind == "overview"} == {
        "landesverband-uebersicht"
    }
    assert not register.is_sample


def test_a_vhs_with_a_website_is_a_source_without_any_yaml(tmp_path: Path) -> None:
    register = load_register(given.write_register(tmp_path))
    by_id = {source.source_id: source for source in register.sources}
    assert set(by_id) == {"vhs-adorf", "vhs-bestadt", "uebersicht"}
    assert by_id["vhs-adorf"].start_urls == ("http://127.0.0.1:9001",)
    assert by_id["vhs-adorf"].platform == "kuferweb"
    assert by_id["vhs-bestadt"].platform == "auto"
    assert register.is_sample
    assert "http://127.0.0.1:9009" in register.trusted_origins


def test_a_yaml_of_a_vhs_takes_the_place_of_its_catalogue(tmp_path: Path) -> None:
    yaml = (
        "id: adorf-kurse\nprovider: vhs-adorf\nkind: catalogue\ncrawl_delay: 5\n"
        "search: http://127.0.0.1:9001/suche?q={term}\nexpect: {min: 2, max: 9}\n"
        "checked_on: 2026-01-02\n"
    )
    register = load_register(given.write_register(tmp_path, adorf=yaml))
    by_id = {source.source_id: source for source in register.sources}
    assert "vhs-adorf" not in by_id
    source = by_id["adorf-kurse"]
    assert (source.expected_min, source.expected_max, source.crawl_delay) == (2, 9, 5.0)
    assert source.start_urls == ("http://127.0.0.1:9001",)
    assert source.platform == "kuferweb"


def test_a_source_can_be_switched_off(tmp_path: Path) -> None:
    yaml = "id: vhs-adorf\nprovider: vhs-adorf\nkind: catalogue\nactive: false\n"
    register = load_register(given.write_register(tmp_path, adorf=yaml))
    assert "vhs-adorf" not in {source.source_id for source in register.sources}
    assert [source.source_id for source in register.inactive_sources] == ["vhs-adorf"]
    with pytest.raises(RegisterError, match="switched off"):
        register.select(["vhs-adorf"])


def test_an_unknown_source_is_named_with_those_that_are_near(tmp_path: Path) -> None:
    register = load_register(given.write_register(tmp_path))
    with pytest.raises(RegisterError, match=r"'vhs-adrof'.*did you mean vhs-adorf"):
        register.select(["vhs-adrof"])
    assert [s.source_id for s in register.select(["uebersicht", "vhs-adorf", "uebersicht"])] == [
        "uebersicht",
        "vhs-adorf",
    ]
    assert register.select([]) == register.sources


def test_further_columns_and_a_byte_order_mark_are_allowed(tmp_path: Path) -> None:
    text = "\ufeff" + given.MUNICIPALITIES.replace("ags,", "remark,ags,").replace("\n05", "\nx,05")
    register = load_register(given.write_register(tmp_path, municipalities=text))
    assert len(register.municipalities) == 4


def test_what_people_write_into_such_files_is_understood(tmp_path: Path) -> None:
    """Windows' line ends, other orders, line breaks in quotation marks, blanks, umlauts."""
    providers = (
        "name,kind,website,provider_id,seat_ags,platform,evidence_level,source_url\r\n"
        '" VHS ""Adörf""\r\nSüd ",VHS,http://localhost:9001/vhs/,vhs-ado\u0308rf,05111000,,,\r\n'
        "Uni,Universität (staatlich),https://münster.example/ä, uni.1 ,,auto,,Amtsblatt 3\r\n"
        "\r\n"
    )
    source = "id: adörf.seite\nprovider: vhs-adörf\nkind: page\nchecked_on: 2026-01-02\n"
    areas = given.AREAS.splitlines()[0] + "\n"
    register = load_register(
        given.write_register(
            tmp_path, providers=providers, service_areas=areas, uebersicht="", adorf=source + URLS
        )
    )
    (vhs, university) = register.providers
    assert (vhs.provider_id, vhs.name, vhs.kind) == ("vhs-adörf", 'VHS "Adörf" Süd', "vhs")
    assert (university.provider_id, university.kind) == ("uni.1", "universität (staatlich)")
    assert {s.source_id: s.start_urls for s in register.sources} == {
        "vhs-adörf": ("http://localhost:9001/vhs/",),
        "adörf.seite": ("http://[::1]:9009/",),
    }
    assert register.service_areas == (), "that nobody serves anybody may be all that is known"
    assert [s.source_id for s in register.select(["vhs-ado\u0308rf"])] == ["vhs-adörf"]


URLS = "start_urls: ['http://[::1]:9009/']\n"
TEXTS = {
    "councils": given.COUNCILS,
    "municipalities": given.MUNICIPALITIES,
    "providers": given.PROVIDERS,
    "service_areas": given.AREAS,
    "uebersicht": given.OVERVIEW,
}
FIRST_COUNCIL = given.COUNCILS.splitlines()[1]
WEBSITE = "http://127.0.0.1:9001"


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "words"),
    [
        ("councils", "05112000", "5112000", "line 3, field ags", "leading zero"),
        ("councils", "05112000", "05999000", "line 3, field ags", "not in municipalities.csv"),
        ("councils", "counts_as_p27", "counts", "line 1, field counts_as_p27", "missing"),
        ("councils", "example,yes", "example,ja", "line 2, field counts_as_p27", "'presumed'"),
        ("councils", ",", ";", "line 1, field ags", "semicolons"),
        ("councils", "+", FIRST_COUNCIL, "line 6, field ags", "already in line 2"),
        ("councils", "Bestadt,", "Bestadt,x,", "line 3", "8 cells instead of 7; put text"),
        ("councils", "Bestadt,", "Bestadt", "line 3", "6 cells instead of 7; write a comma"),
        ("municipalities", "51.5,7.5", "51,5,7.5", "line 3", "7 cells instead of 6"),
        ("municipalities", "51.5", "x", "line 3, field lat", "not a number"),
        ("municipalities", "51.5", "15.5", "line 3, field lat", "too small"),
        ("providers", "kuferweb", "kufer", "line 2, field platform", "kuferweb, itm_connect"),
        ("providers", "Adorf,vhs", "Adorf,vsh", "line 2, field kind", "write vhs"),
        ("providers", WEBSITE, "www.adorf.example", "line 2, field website", "http://"),
        ("providers", WEBSITE, "http://x.example:99999", "line 2, field website", "port"),
        ("providers", "05111000", "05115000", "line 2, field seat_ags", "not in municipalities"),
        ("service_areas", "celle", "zelle", "line 4, field provider_id", "did you mean vhs-celle"),
        ("uebersicht", "+", "activ: true", "line 5, field activ", "not known"),
        ("uebersicht", "+", "id: zwei", "line 5, field id", "already in line 1"),
        ("uebersicht", "overview", "overwiev", "line 3, field kind", "'catalogue', 'overview'"),
        ("uebersicht", "verband", "verbund", "line 2, field provider", "not in providers.csv"),
        ("uebersicht", "start_urls: [", "start_urls: [[", "line 5", "no YAML"),
        ("uebersicht", "+", "expect: {min: 9, max: 2}", "line 5, field expect", "larger than max"),
        ("uebersicht", "+", "expect: {mni: 9}", "line 5, field expect.mni", "known are min, max"),
        ("uebersicht", "+", "active: maybe", "line 5, field active", "true nor false"),
        ("uebersicht", "+", "search: http://x.example/q", "line 5, field search", "{term}"),
        ("uebersicht", "+", "checked_on: gestern", "line 5, field checked_on", "YYYY-MM-DD"),
        ("uebersicht", "+", "checked_on: 2026-13-45", "line 5, field checked_on", "YYYY-MM-DD"),
        ("uebersicht", "+", "platform:", "line 5, field platform", "is empty; write a value"),
        ("uebersicht", "+", "crawl_delay: yes", "line 5, field crawl_delay", "not a number"),
        ("uebersicht", "+", "expect: {min: 1e99}", "line 5, field expect.min", "not a whole"),
        ("uebersicht", "+", f"expect: {{min: {10**20}}}", "line 5, field expect.min", "at most 1"),
        ("uebersicht", "+", "1: x", "line 5, field 1", "not known; known are id, provider"),
        ("uebersicht", "+", "note: \x07", "line 5: ", "control character U+0007; remove it"),
        ("uebersicht", "+", "note: " + "[" * 600, "", "is no YAML"),
        ("uebersicht", "start_urls", "#", "line 1, field start_urls", "names no address"),
        ("providers", "VHS Adorf", "", "line 2, field name", "is empty; fill it in"),
        ("providers", "Adorf,vhs", "Adorf,", "line 2, field kind", "is empty; fill it in"),
        ("providers", "VHS Adorf", "VHS\0Adorf", "line 2: ", "control character U+0000"),
        ("providers", WEBSITE, "http://..de", "line 2, field website", "check host"),
        ("providers", WEBSITE, "http://127.0.0.1:0/", "line 2, field website", "check the port"),
        ("providers", ",", "\t", "line 1, field provider_id", "not by tabs"),
    ],
)
def test_each_mistake_is_told_with_file_line_and_field(
    tmp_path: Path, file: str, old: str, new: str, where: str, words: str
) -> None:
    """`old` is replaced by `new`; a plus sign adds `new` as a last line."""
    text = TEXTS[file] + new + "\n" if old == "+" else TEXTS[file].replace(old, new)
    sentences = refused(tmp_path, **{file: text})
    name = "sources/uebersicht.yaml" if file == "uebersicht" else f"{file}.csv"
    assert any(
        sentence.startswith(f"{name}, {where}" if where else name)
        and words in sentence
        and "\n" not in sentence
        for sentence in sentences
    ), sentences


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert any("municipalities.csv: is missing" in s for s in refused(tmp_path, municipalities=""))


def test_two_files_with_the_same_id_are_told(tmp_path: Path) -> None:
    (sentence,) = refused(tmp_path, zweite=given.OVERVIEW)
    assert sentence.startswith("sources/zweite.yaml, line 1, field id")
    assert "already used in sources/uebersicht.yaml" in sentence


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    sentences = refused(
        tmp_path,
        councils=given.COUNCILS.replace("05112000", "1"),
        providers=given.PROVIDERS.replace("kuferweb", "kufer"),
        uebersicht="- nothing\n",
    )
    assert len({sentence.split(",")[0] for sentence in sentences}) >= 3


def test_a_file_in_another_encoding_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = given.write_register(tmp_path)
    (folder / "municipalities.csv").write_bytes(given.MUNICIPALITIES.encode("latin-1"))
    with pytest.raises(RegisterError, match=r"municipalities\.csv, line 4: .*UTF-8"):
        load_register(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        load_register(tmp_path / "nowhere")


def test_a_register_that_is_gone_since_the_crawl_is_told(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "data", "sample", None, "")
    assert last_register_dir(settings) is None
    folder = given.write_register(tmp_path / "register")
    remember_register(settings, folder)
    assert last_register_dir(settings) == folder
    remember_register(settings, given.write_register(settings.data_dir / "sample"))
    settings.data_dir.rename(tmp_path / "moved")
    moved = replace(settings, data_dir=tmp_path / "moved")
    assert last_register_dir(moved) == tmp_path / "moved" / "sample"

    remember_register(settings, folder)
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(RegisterError, match="name one with --register"):
        last_register_dir(settings)


def test_the_hashes_change_with_what_they_cover(tmp_path: Path) -> None:
    first = load_register(given.write_register(tmp_path / "a"))
    again = load_register(given.write_register(tmp_path / "b"))
    note = load_register(
        given.write_register(tmp_path / "c", councils=given.COUNCILS.replace("Ausschuss", "Rat"))
    )
    seat = load_register(
        given.write_register(
            tmp_path / "d", providers=given.PROVIDERS.replace("VHS Adorf", "VHS A")
        )
    )
    assert first.content_hash == again.content_hash != note.content_hash
    assert first.resolution_hash == note.resolution_hash != seat.resolution_hash


def test_an_origin_always_names_its_port() -> None:
    assert origin_of("https://Vhs.Example/kurse?x=1") == "https://vhs.example:443"
    assert origin_of("http://[::1]:8080/") == "http://[::1]:8080"

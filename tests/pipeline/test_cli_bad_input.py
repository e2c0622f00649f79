"""Bad input: one sentence that names file, line and field, exit code 2, nothing changed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scrapers.sample_web.__main__ import main as serve_sample_web
from tests.atlas import Atlas, Finished
from tests.conftest import REPOSITORY, SampleNight


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A copy of the shipped register, to be spoilt."""
    folder = tmp_path / "register"
    shutil.copytree(REPOSITORY / "warehouse/reference", folder)
    (folder / "sources").mkdir()
    return folder


def tree(folder: Path) -> dict[str, str]:
    """All files with their contents, but for Dagster's own notes and the lock."""
    notes = {"dagster", "night.lock"}
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and notes.isdisjoint(path.parts)
    }


def replace_line(file: Path, number: int, change: Callable[[str], str]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1])
    file.write_text("".join(lines), encoding="utf-8")


def assert_refused(finished: Finished, *words: str) -> None:
    assert finished.code == 2, finished.err
    assert "Traceback" not in finished.err
    message = finished.err.strip()
    assert all(word in message for word in words), message


def test_a_broken_row_names_file_line_and_field(tmp_path: Path, register: Path) -> None:
    replace_line(register / "councils.csv", 14, lambda line: "5111" + line[8:])
    atlas = Atlas(tmp_path / "data")
    refused = atlas.run("run", "--register", str(register))
    assert_refused(refused, "councils.csv", "line 14", "ags")
    assert len(refused.err.strip().splitlines()) == 1
    assert not (tmp_path / "data").exists()


def test_a_missing_column_is_named(tmp_path: Path, register: Path) -> None:
    replace_line(register / "providers.csv", 1, lambda line: line.replace("seat_ags", "sitz"))
    refused = Atlas(tmp_path / "data").run("run", "--register", str(register))
    assert_refused(refused, "providers.csv", "line 1", "seat_ags")


def test_an_unknown_source_is_named_with_those_it_may_have_meant(
    sample_night: SampleNight,
) -> None:
    before = tree(sample_night.atlas.data_dir / "landing")
    refused = sample_night.atlas.run("run", "--source", "vhs-rhein-erf")
    assert_refused(refused, "vhs-rhein-erf", "vhs-rhein-erft")
    assert tree(sample_night.atlas.data_dir / "landing") == before


def test_a_wrong_day_is_named(tmp_path: Path) -> None:
    for command in ("run", "status", "doctor", "serve"):
        refused = Atlas(tmp_path / "data", today="14.03.2026").run(command)
        assert_refused(refused, "ATLAS_TODAY", "14.03.2026", "YYYY-MM-DD")
    assert not (tmp_path / "data").exists()


@pytest.fixture
def copied_night(tmp_path: Path, sample_night: SampleNight) -> Atlas:
    shutil.copytree(sample_night.atlas.data_dir, tmp_path / "data", symlinks=True)
    return Atlas(tmp_path / "data")


def add_landing(atlas: Atlas, spoil: Callable[[Path], None]) -> Path:
    """A copy of the night's landing under a later crawl id, spoilt."""
    (original,) = (atlas.data_dir / "landing").iterdir()
    landing = original.with_name("29990101T000000Z-late")
    shutil.copytree(original, landing)
    for file in landing.iterdir():
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(original.name, landing.name), encoding="utf-8")
    spoil(landing)
    return landing


def test_an_unreadable_landing_is_refused_and_nothing_changes(copied_night: Atlas) -> None:
    def truncate(landing: Path) -> None:
        records = landing / "records.jsonl"
        records.write_bytes(records.read_bytes()[:-40])

    add_landing(copied_night, truncate)
    # A sample web would write this anew, with other addresses where another one is running.
    of_the_sample_web = min((copied_night.data_dir / "sample/register/sources").iterdir())
    of_the_sample_web.write_text(of_the_sample_web.read_text("utf-8") + "\n# kept\n", "utf-8")
    before = tree(copied_night.data_dir)
    for command in ("load", "run"):
        refused = copied_night.run(command)
        assert_refused(refused, "29990101T000000Z-late", "records.jsonl")
        assert tree(copied_night.data_dir) == before


def test_sql_mistakes_are_a_sentence(sample_night: SampleNight) -> None:
    assert_refused(sample_night.atlas.run("sql", "SELECT nothing FROM nowhere"), "nowhere")


def test_a_terminal_without_umlauts_shows_question_marks(
    sample_night: SampleNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    shown = sample_night.atlas.run("sql", "SELECT 'Übersicht'", "--format", "csv")
    assert (shown.code, shown.out.splitlines()[-1], shown.err) == (0, "?bersicht", "")


def test_sql_cannot_write_or_read_files(sample_night: SampleNight) -> None:
    for query in (
        "DELETE FROM mart.offers",
        "COPY mart.offers TO 'offers.csv'",
        "SELECT * FROM read_text('/etc/hostname')",
    ):
        assert sample_night.atlas.run("sql", query).code == 2


def test_without_a_publication_every_command_says_what_to_do(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path / "data")
    for command in (("status",), ("sql", "SELECT 1"), ("doctor",)):
        finished = atlas.run(*command)
        assert finished.code == 1
        assert "atlas run" in finished.out + finished.err


@pytest.mark.parametrize(("command", "below"), [("run", ""), ("load", "x"), ("status", "x")])
def test_a_data_folder_that_is_none_is_named(tmp_path: Path, command: str, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    refused = Atlas(file / below).run(command)
    assert_refused(refused, "ATLAS_DATA", str(file / below), "name a folder")
    assert len(refused.err.strip().splitlines()) == 1


def test_asking_for_the_state_makes_no_data_folder(tmp_path: Path) -> None:
    for command in ("status", "doctor"):
        assert Atlas(tmp_path / "some" / "data").run(command).code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_sample_register_that_cannot_be_written_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder", encoding="utf-8")
    given = ["--base-register", str(REPOSITORY / "warehouse/reference")]
    assert serve_sample_web([*given, "--register-out", str(file / "register")]) == 2
    message = capsys.readouterr().err
    assert str(file) in message
    assert "name another folder" in message

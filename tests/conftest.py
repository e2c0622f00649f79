"""Fixtures that every kind of test may use."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from tests.atlas import Atlas, Finished

# CI judges a change by the same examples each time; everywhere else new ones are looked for.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

REPOSITORY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class SampleNight:
    """An installation after its first night over the sample web."""

    atlas: Atlas
    finished: Finished


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder beside the project with real texts and boundaries; skips where it is absent."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the folder ../shared is not here: tests on real texts are left out")
    return folder


@pytest.fixture(scope="session")
def sample_night(tmp_path_factory: pytest.TempPathFactory) -> SampleNight:
    """One whole night over the sample web, by the command itself; shared by all tests that read."""
    atlas = Atlas(tmp_path_factory.mktemp("sample night") / "data")
    finished = atlas.run("run", "--json")
    return SampleNight(atlas, finished)

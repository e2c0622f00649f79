"""Fixtures that every kind of test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder beside the project with real texts and boundaries; skips where it is absent."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the folder ../shared is not here: tests on real texts are left out")
    return folder

"""The notebook for analysts runs on the sample night, and is kept without anybody's results."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import REPOSITORY, SampleNight

NOTEBOOK = REPOSITORY / "docs" / "analysis.ipynb"


@pytest.fixture
def notebook() -> Any:
    return nbformat.read(NOTEBOOK, as_version=4)


def test_the_kept_notebook_holds_no_results_and_no_path_of_a_machine(notebook: Any) -> None:
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    assert not re.search(r"""["' ](/[a-z]+/|[A-Z]:\\)""", NOTEBOOK.read_text(encoding="utf-8"))


def test_the_notebook_runs_and_its_tables_are_those_of_the_night(
    notebook: Any, sample_night: SampleNight, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(sample_night.atlas.data_dir))
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    client = NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.execute(cwd=str(NOTEBOOK.parent))
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [output for output in outputs if output.output_type in ("error", "stream")] == []
    kinds = [kind for output in outputs for kind in output.get("data", {})]
    assert kinds.count("application/vnd.plotly.v1+json") == 3
    (near,) = [
        output.data["text/plain"] for output in outputs if "venue_municipality" in str(output.data)
    ]
    assert "Köln" in near

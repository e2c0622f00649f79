"""Reads the files of a register; every mistake becomes a sentence with file, line and field."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.register_rows import SourceFile

RowT = TypeVar("RowT", bound=BaseModel)
Located = tuple[int, RowT]
MAX_FILE_BYTES = 20_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class _Loader(yaml.SafeLoader):
    """YAML without its own dates: an impossible day is told with its field, as any wrong value."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [rule for rule in rules if not rule[0].endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@dataclass
class Problems:
    """Collects what is wrong, so that one look at the output is enough to mend a register."""

    sentences: list[str] = field(default_factory=list)

    def add(self, file: str, line: int | None, name: str | None, what: str) -> None:
        where = [file]
        if line is not None:
            where.append(f"line {line}")
        if name is not None:
            where.append(f"field {name}")
        self.sentences.append(f"{', '.join(where)}: {what}")

    def of(self, file: str) -> list[str]:
        """What is wrong in this file."""
        return [s for s in self.sentences if s.startswith((f"{file},", f"{file}:"))]


def read_csv(
    folder: Path,
    name: str,
    model: type[RowT],
    key: tuple[str, ...],
    problems: Problems,
    *,
    may_be_empty: bool = False,
) -> list[Located[RowT]]:
    """The right rows of a CSV file with their line numbers; wrong rows go to `problems`."""
    text = _read_text(folder / name, name, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Located[RowT]] = []
    seen: dict[tuple[Any, ...], int] = {}
    header: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            first_line, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                if not _header_is_right(header, name, model, problems):
                    return []
                continue
            row = _row(header, cells, name, first_line, model, problems)
            if row is None:
                continue
            identity = tuple(getattr(row, part) for part in key)
            if identity in seen:
                problems.add(
                    name,
                    first_line,
                    " and ".join(key),
                    f"{' / '.join(map(str, identity))!r} is already in line {seen[identity]}; "
                    "keep one of the two rows",
                )
                continue
            seen[identity] = first_line
            rows.append((first_line, row))
    except csv.Error as error:
        problems.add(name, line, None, f"is no CSV ({error}); check the quotation marks")
        return rows
    if header is None:
        problems.add(name, 1, None, "is empty; the first line must name the columns")
    elif not (rows or may_be_empty or problems.of(name)):
        problems.add(name, 2, None, "has no rows; add at least one")
    return rows


def _read_text(path: Path, name: str, problems: Problems) -> str | None:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            problems.add(name, None, None, "is larger than 20 MB; this is no register file")
            return None
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.add(name, None, None, f"is missing in {path.parent}; put the file there")
        return None
    except OSError as error:
        problems.add(name, None, None, f"cannot be read ({error.strerror}); check its permissions")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        problems.add(name, line, None, "is not written in UTF-8; save the file as UTF-8")
        return None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        problems.add(name, line, None, f"contains the control character {code}; remove it")
        return None
    return text


def _header_is_right(
    header: list[str], name: str, model: type[BaseModel], problems: Problems
) -> bool:
    required = [column for column, info in model.model_fields.items() if info.is_required()]
    missing = [column for column in required if column not in header]
    separators = {";": "semicolons", "\t": "tabs", "|": "vertical bars"}
    other = next((words for sign, words in separators.items() if sign in header[0]), None)
    if other is not None and len(header) == 1:
        hint = f"columns are separated by commas here, not by {other}"
        problems.add(name, 1, required[0], f"this column is missing; {hint}")
        return False
    for column in missing:
        hint = f"the file needs the columns {', '.join(required)}"
        problems.add(name, 1, column, f"this column is missing; {hint}")
    doubled = {column for column in header if column and header.count(column) > 1}
    for column in sorted(doubled):
        problems.add(name, 1, column, "this column appears twice; keep one of the two")
    return not missing and not doubled


def _row(
    header: list[str],
    cells: list[str],
    name: str,
    line: int,
    model: type[RowT],
    problems: Problems,
) -> RowT | None:
    if len(cells) != len(header):
        problems.add(
            name,
            line,
            header[len(cells)] if len(cells) < len(header) else None,
            f"has {len(cells)} cells instead of {len(header)}; "
            + (
                "write a comma for each empty cell too"
                if len(cells) < len(header)
                else "put text that contains a comma into quotation marks"
            ),
        )
        return None
    raw = {column: cell for column, cell in zip(header, cells, strict=True) if column}
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for detail in error.errors():
            problems.add(name, line, _field(detail), _sentence(detail, model))
        return None


@dataclass(frozen=True)
class SourceInFile:
    """One source with the file it comes from and the line of each of its keys."""

    file: str
    lines: dict[str, int]
    source: SourceFile


def read_sources(folder: Path, problems: Problems) -> list[SourceInFile]:
    """The right files of `sources/`, in the order of their names. The folder may be absent."""
    found = []
    if folder.exists() and not folder.is_dir():
        problems.add(folder.name, None, None, "is a file, not a folder; move it away")
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.yml")]):
        name = f"sources/{path.name}"
        text = _read_text(path, name, problems)
        if text is not None and (source := _source(name, text, problems)):
            found.append(source)
    return found


def _source(name: str, text: str, problems: Problems) -> SourceInFile | None:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            problems.add(
                name, 1, None, "is no mapping; write one `key: value` a line, one source a file"
            )
            return None
        keys = list(node.value)
        raw = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problems.add(name, line, None, f"is no YAML ({error.problem}); check indents and colons")
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        words = " ".join(str(error).split())
        problems.add(name, None, None, f"is no YAML ({words}); write one `key: value` a line")
        return None
    lines: dict[str, int] = {}
    for key, _ in keys:
        line = key.start_mark.line + 1
        if key.value in lines:
            problems.add(
                name, line, key.value, f"is already in line {lines[key.value]}; keep one of the two"
            )
            return None
        lines[key.value] = line
    try:
        return SourceInFile(name, lines, SourceFile.model_validate(raw))
    except ValidationError as error:
        for detail in error.errors():
            top = str(detail["loc"][0]) if detail["loc"] else ""
            problems.add(name, lines.get(top, 1), _field(detail), _sentence(detail, SourceFile))
        return None


def _field(detail: ErrorDetails) -> str:
    return ".".join(str(part) for part in detail["loc"])


_ADVICE = {
    "missing": "is missing; add it",
    "int_parsing": "is not a whole number; write digits only, or leave it empty if it is unknown",
    "int_from_float": "is not a whole number; write digits only",
    "int_type": "is not a whole number; write digits only",
    "float_parsing": "is not a number; write it with a decimal point",
    "float_type": "is not a number; write it with a decimal point",
    "date_parsing": "is not a date; write it as YYYY-MM-DD",
    "date_from_datetime_parsing": "is not a date; write it as YYYY-MM-DD",
    "date_type": "is not a date; write it as YYYY-MM-DD",
    "date_from_datetime_inexact": "is not a date; write it as YYYY-MM-DD",
    "too_short": "is empty; fill it in",
    "finite_number": "is not a number; write it with a decimal point",
    "string_type": "is not a text; put it into quotation marks",
    "bool_type": "is neither true nor false; write one of them",
    "tuple_type": "is not a list; write one entry a line, each after a hyphen",
    "model_type": "is not a mapping; write `min:` and `max:` below it",
}


def _sentence(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return _ADVICE["missing"]
    if detail["input"] is None:
        return "is empty; write a value, or remove the line"
    if kind in ("extra_forbidden", "invalid_key"):
        return f"this key is not known; known are {', '.join(_known_keys(model, detail))}"
    if kind == "value_error":
        what = str(context["error"])
    elif kind == "literal_error":
        what = f"is not known; write one of {context['expected']}"
    elif kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        side = "small" if kind == "greater_than_equal" else "large"
        limit = "at least" if side == "small" else "at most"
        what = f"is too {side}; it must be {limit} {bound:.10g}"
    else:
        what = _ADVICE.get(kind, f"is wrong ({detail['msg']}); mend it")
    return f"{_shortened(detail['input'])} {what}"


def _known_keys(model: type[BaseModel], detail: ErrorDetails) -> Iterable[str]:
    for part in detail["loc"][:-1]:
        inner = model.model_fields[str(part)].annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
    return model.model_fields


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"

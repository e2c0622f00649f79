"""The zip with the official boundaries, opened as something that may mean harm.

Nothing is unpacked to the disk. Sizes are counted while reading, because what a zip says about
itself need not be true.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LAYER = "dvg2gem_nw"
"""The layer of municipalities in the product DVG2 ("gem": Gemeinden)."""

MAX_MEMBERS = 1_000
MAX_UNPACKED_BYTES = 400_000_000
_CHUNK_BYTES = 1 << 20


class BoundaryError(Exception):
    """Boundaries that cannot be used; the message says why, and the last good ones stay."""


@dataclass(frozen=True)
class Layer:
    """The parts of one shapefile; `cpg` names the charset of its texts, where it says so."""

    shp: bytes
    dbf: bytes
    prj: str
    cpg: str | None


def read_layer(path: Path, max_bytes: int = MAX_UNPACKED_BYTES) -> Layer:
    """The layer of municipalities out of a zip. Raises BoundaryError."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            budget = _Budget(max_bytes)
            shp, dbf = (budget.read(archive, members[suffix]) for suffix in (".shp", ".dbf"))
            prj = budget.read(archive, members[".prj"]).decode("utf-8", "replace")
            cpg = members.get(".cpg")
            charset = budget.read(archive, cpg).decode("ascii", "replace").strip() if cpg else None
            return Layer(shp, dbf, prj, charset)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise BoundaryError(
            f"{path.name}: this is no whole zip file ({error}); load it again"
        ) from None


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts of the layer by their suffix."""
    infos = archive.infolist()
    name = Path(archive.filename or "").name
    if len(infos) > MAX_MEMBERS:
        raise BoundaryError(f"{name}: {len(infos)} files are in it, at most {MAX_MEMBERS} may be")
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts:
            raise BoundaryError(
                f"{name}: the entry {info.filename!r} points out of the archive, so it is not used"
            )
    found = {
        PurePosixPath(info.filename).suffix.lower(): info
        for info in infos
        if PurePosixPath(info.filename).stem.lower() == LAYER
    }
    for suffix in (".shp", ".dbf", ".prj"):
        if suffix not in found:
            raise BoundaryError(
                f"{name}: {LAYER}{suffix} is missing in it; the zip with shapefiles of the product "
                "DVG2 of Geobasis NRW is needed"
            )
    return found


class _Budget:
    """Counts what is unpacked, so that a small zip cannot fill the memory."""

    def __init__(self, max_bytes: int) -> None:
        self.left = max_bytes

    def read(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
        parts = []
        with archive.open(info) as file:
            while part := file.read(_CHUNK_BYTES):
                self.left -= len(part)
                if self.left < 0:
                    raise BoundaryError(
                        f"{info.filename}: unpacked, the archive is too large; "
                        "it is not what is published"
                    )
                parts.append(part)
        return b"".join(parts)

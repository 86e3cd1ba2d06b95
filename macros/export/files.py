"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from macros.export import ExportError


def write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into the folder, which is made where it is missing. Returns their paths.

    All are written beside their places first, then moved there: a reader never sees half of one, and a full disk leaves the old ones.
    Raises ExportError where the folder or a file cannot be written.
    """
    halves = {folder / name: folder / f".{name}.{os.getpid()}.new" for name in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, half in zip(files, halves.values(), strict=True):
            half.write_bytes(files[name])
        if taken := [file for file in halves if file.is_dir()]:
            raise IsADirectoryError(None, "Is a directory", str(taken[0]))
        for file, half in halves.items():
            half.replace(file)
    except (FileExistsError, NotADirectoryError):
        raise ExportError(f"{folder} is a file, or lies below one. Name a folder with --to.") from None
    except OSError as error:
        raise ExportError(f"{error.filename or folder} cannot be written: {error.strerror}. Name another folder with --to.") from None
    finally:
        for half in halves.values():
            if half.parent.is_dir():
                half.unlink(missing_ok=True)
    return list(halves)

"""Files and folders for the owner's eyes only. Modes are given per file: the umask is the whole process's."""

import os
from pathlib import Path


def make_folder(path: Path) -> None:
    """Make `path` with mode 0700, and its parents as usual; one that exists is left as it is."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)


def write(path: Path, text: str) -> None:
    """Write `text` to `path` with mode 0600: a reader, even after a crash, sees all of it or the file before."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # one left by a crash
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)

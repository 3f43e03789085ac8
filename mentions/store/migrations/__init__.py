"""The schema's history. `HEAD` is the revision this program works with."""

from typing import Final

HEAD: Final = "0023"

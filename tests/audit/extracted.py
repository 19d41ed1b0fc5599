"""Print what extruct finds in pages, as JSON by file: `extracted.py PAGE…`, with the Python that has extruct."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import extruct  # type: ignore[import-not-found, unused-ignore]

print(
    json.dumps(
        {
            name: extruct.extract(Path(name).read_text("utf-8"), syntaxes=["json-ld", "dublincore"], errors="strict")
            for name in sys.argv[1:]
        }
    )
)

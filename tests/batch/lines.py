"""A batch's input, made of cases."""

from __future__ import annotations

import json

from advisor import Case
from advisor.register.plain import as_plain


def case_line(case: Case) -> str:
    """A case as one line of JSON."""
    return json.dumps(as_plain(case), ensure_ascii=False)

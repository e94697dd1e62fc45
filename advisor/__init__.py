"""The FOI exemption advisor: what section 30 and its neighbours say of a request, and why.

from advisor import Case, Rulebook
rulebook = Rulebook.load()
assessment = rulebook.assess(Case.read("case.yaml"))
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` takes long to load, and Ctrl-C must not meet it
if TYPE_CHECKING:
    from advisor.advice.rulebook import Rulebook
    from advisor.assessment import Assessment
    from advisor.case import Case
    from advisor.sources import InputError

__version__ = "0.1.0"
__all__ = ["Assessment", "Case", "InputError", "Rulebook", "__version__"]

_HOMES = {
    "Assessment": "advisor.assessment",
    "Case": "advisor.case",
    "InputError": "advisor.sources",
    "Rulebook": "advisor.advice.rulebook",
}


def __getattr__(name: str) -> object:
    # Lazy, so that `advisor --help` does not load what it does not print.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

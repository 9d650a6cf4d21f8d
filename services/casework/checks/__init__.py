"""What the machine looks at by itself after each sending: named functions, each with a result in plain words.

A check answers PASSED, FAILED or UNKNOWN. UNKNOWN is held against nobody: a person looks. Each app makes its own known in
its `apps.py` by `checks.register(…)`; the version of a service names those that it wants, in its pack.
"""

from services.casework.checks.registry import (
    Check,
    Finding,
    Result,
    carry_out,
    failed,
    named,
    passed,
    register,
    register_holder,
    same_holder,
    same_person,
    unknown,
    unregister,
)
from services.casework.checks.results import (
    Looked,
    all_passed,
    are_pending,
    looked_at,
    open_first,
    results_of,
    title_of,
)

__all__ = [
    "Check",
    "Finding",
    "Looked",
    "Result",
    "all_passed",
    "are_pending",
    "carry_out",
    "failed",
    "looked_at",
    "named",
    "open_first",
    "passed",
    "register",
    "register_holder",
    "results_of",
    "same_holder",
    "same_person",
    "title_of",
    "unknown",
    "unregister",
]

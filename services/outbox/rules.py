"""When a promise is tried again, and when a person has to look."""

import random
from datetime import timedelta

MAX_ATTEMPTS = 8
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
# A claim on a network effect outlives the longest task (task_time_limit = 300 s), so that two never run at once.
CLAIM = timedelta(seconds=330)
# A message given to the broker is given again when nothing has come of it for this long.
RELAY_AGAIN_AFTER = timedelta(seconds=60)
KEEP_DONE = timedelta(days=30)


def backoff(attempts: int) -> timedelta:
    """Return the delay after so many attempts: doubled each time, capped, with jitter so that crowds disperse."""
    doublings = min(max(attempts - 1, 0), MAX_ATTEMPTS)
    full = min(FIRST_DELAY * int(2**doublings), LONGEST_DELAY)
    return full * random.uniform(0.5, 1.0)  # noqa: S311 (jitter is no secret)

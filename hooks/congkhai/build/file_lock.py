"""A lock on an open file, which the system drops by itself when its process ends.

Comes in: the descriptor of a file. Goes out: whether this process has it for itself now. Unix
knows `fcntl`, Windows `msvcrt`; both forget the lock with the last descriptor that is closed.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process; False while another one has it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process; False while another one has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

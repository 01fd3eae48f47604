"""Which process an unfinished answer belongs to, and whether it still runs."""

import os


def current() -> str:
    """Name this process: its number and when it began, since numbers are used again."""
    from psutil import Process

    return f"{os.getpid()}:{Process().create_time():.2f}"


def is_alive(owner: str) -> bool:
    """Say whether the process still runs; a process that may not be looked at counts as running."""
    import psutil

    try:
        number, began = owner.split(":")
        process = psutil.Process(int(number))
        # The system reckons the start from its clock, which may have been set a little meanwhile.
        same = abs(process.create_time() - float(began)) < 1.0
        return same and process.status() != psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return True
    except (ValueError, psutil.Error):
        return False

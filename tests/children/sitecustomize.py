"""The network guard for programs that tests start, where no network namespace holds them.

Python imports a module of this name at its start; tests/conftest.py puts this folder on the path.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from loopback_only import GUARD

sys.path.pop()
GUARD.install()

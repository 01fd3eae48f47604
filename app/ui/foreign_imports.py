"""Keeps PySide6 out of the imports of other libraries."""

import sys


def leave_alone() -> None:
    """Let modules be imported without PySide6 looking into them; call it before the first thread.

    WORKAROUND(PySide6 6.11.3): after every import, on any thread, its "features" read the new module's source
    to see whether it uses Qt. `inspect` then touches attributes of the module, which makes pydantic import
    itself while it is half made: "cannot import name … from partially initialized module", once in a few
    starts. We use none of these features. Remove when shibokensupport/feature.py stops calling
    `inspect.getsource` in `feature_imported`.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None:
        vars(feature)["_mod_uses_pyside"] = _uses_no_feature


def _uses_no_feature(_: object) -> bool:
    return False

"""One run of the program with windows, from the first to the last."""

import sys
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from app.core.instance import Instance
from app.core.log import install_hooks, set_up
from app.ui.parts import Parts
from app.ui.stop_signals import StopSignals
from app.ui.windows import Windows


def open_windows(
    build: Callable[[], Parts],
    instance: Instance,
    quick_ask: str | None,
    after_paint: Callable[[], None] | None,
) -> int:
    """Show the window, or only the popup, until the person quits; return the exit code.

    Args:
        after_paint: called after the first paint, which then is also the end.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("confidant")
    app.setApplicationDisplayName("Confidant")
    app.setDesktopFileName("confidant")
    app.setQuitOnLastWindowClosed(False)
    signals = StopSignals(app.quit)
    parts = build()
    set_up(parts.paths)
    windows = Windows(app, parts, instance)
    install_hooks(windows.report)
    windows.ended.connect(app.quit)
    if after_paint is not None:
        windows.painted.connect(after_paint)
        windows.painted.connect(app.quit)
    windows.show(quick_ask)
    try:
        return app.exec()
    finally:
        signals.close()
        windows.close()

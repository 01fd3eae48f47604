"""One group of settings: a row for each, the advanced ones folded."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.core.settings import GROUPS, AnySetting, Value
from app.ui.settings.editors import Editor
from app.ui.settings.row import SettingRow
from app.ui.settings.tools import Tools

WIDEST = 640


class Page(QScrollArea):
    """The rows of one group in a column of at most 640 px.

    A page that needs more than rows overrides `make_editor`, `add_before`, `add_above`, `add_after` or
    `lock_rows`.
    """

    title = ""
    """For a page that belongs to no group of settings."""
    shown_otherwise: frozenset[str] = frozenset()
    """Settings of the group for which the page has more than a row."""

    def __init__(self, tools: Tools, group: str) -> None:
        super().__init__()
        self.tools = tools
        self.group = group
        self.values: dict[str, Value] = {}
        self.rows: dict[str, SettingRow] = {}
        self.setObjectName(f"page_{group}")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = self._make_column()
        self._name = self.title or GROUPS[group]
        title = QLabel(self._name)
        title.setProperty("type", "title")
        self._column.addWidget(title)
        self._column.addSpacing(8)
        self.add_before()
        declared = [
            each
            for each in tools.settings.declared.values()
            if each.group == group and each.key not in self.shown_otherwise
        ]
        for setting in declared:
            if not setting.advanced:
                self.add_above(setting)
                self._add(setting, self._column)
        self.add_after()
        self._folded = self._make_folded([each for each in declared if each.advanced])
        self._column.addStretch(1)
        tools.saver.loaded.connect(self._on_loaded)
        tools.saver.refused.connect(self._on_refused)

    # For pages that need more than rows

    def make_editor(self, setting: AnySetting) -> Editor | None:
        """Return a special editor, or None for the one that fits the type."""
        return None

    def add_before(self) -> None:
        """Add widgets above the rows."""

    def add_above(self, setting: AnySetting) -> None:
        """Add widgets above the row of a setting, where another part of the page begins."""

    def add_after(self) -> None:
        """Add widgets between the rows and the advanced ones."""

    def lock_rows(self) -> None:
        """Lock what cannot be changed now, from `values`."""

    def came_up(self) -> None:
        """Refresh what is no setting; called whenever the page is shown."""

    def add_widget(self, widget: QWidget) -> None:
        """Add a widget at the end of the column, with the distance of a row."""
        self._column.addSpacing(8)
        self._column.addWidget(widget)
        self._column.addSpacing(8)

    def add_heading(self, text: str) -> None:
        """Begin another part of the page."""
        label = QLabel(text)
        label.setProperty("type", "heading")
        self.add_widget(label)

    # For the panel

    def search(self, words: list[str]) -> int:
        """Show only the rows that match and say how many do; no words show everything."""
        found = 0
        for row in self.rows.values():
            is_found = row.matches(words)
            row.setVisible(is_found)
            found += is_found
        hits = any(row.setting.advanced and row.matches(words) for row in self.rows.values())
        self._folded.setVisible((bool(words) and hits) or self._fold.isChecked())
        self._fold.setVisible(hits)
        return found

    def reveal(self, key: str) -> None:
        """Scroll to a row and give its editor the focus."""
        row = self.rows[key]
        if row.setting.advanced:
            self._fold.setChecked(True)
        self.ensureWidgetVisible(row)
        row.editor.setFocus()

    # Inside

    def _make_column(self) -> QVBoxLayout:
        body = QWidget()
        body.setProperty("surface", "window")
        body.setMaximumWidth(self.tools.theme.px(WIDEST))
        self._body = body
        self.tools.theme.changed.connect(self._on_zoom)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 24, 0, 32)
        column.setSpacing(0)
        around = QWidget()
        line = QHBoxLayout(around)
        line.setContentsMargins(32, 0, 32, 0)
        line.addWidget(body, 1)
        line.addStretch(0)
        self.setWidget(around)
        return column

    def _make_folded(self, advanced: list[AnySetting]) -> QWidget:
        self._fold = QPushButton(self.tr("Advanced"))
        self._fold.setObjectName(f"advanced_{self.group}")
        self._fold.setAccessibleName(self.tr("Advanced settings of {0}").format(self._name))
        self._fold.setProperty("look", "fold")
        self._fold.setCheckable(True)
        self._fold.setCursor(Qt.CursorShape.PointingHandCursor)
        self._fold.setVisible(bool(advanced))
        folded = QWidget()
        column = QVBoxLayout(folded)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for setting in advanced:
            self._add(setting, column)
        folded.hide()
        self._fold.toggled.connect(folded.setVisible)
        self._fold.toggled.connect(self._draw_fold)
        self.tools.theme.changed.connect(self._draw_fold)
        self._draw_fold()
        self._column.addSpacing(8)
        self._column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(folded)
        return folded

    def _add(self, setting: AnySetting, column: QVBoxLayout) -> None:
        row = SettingRow(setting, self.tools.theme, self.make_editor(setting))
        row.chosen.connect(self.tools.saver.save)
        self.rows[setting.key] = row
        column.addWidget(row)

    @Slot(str, object)
    def _on_loaded(self, key: str, value: Value) -> None:
        row = self.rows.get(key)
        self.values[key] = value
        if row is not None:
            row.show_value(value)
        self.lock_rows()

    @Slot(str, str)
    def _on_refused(self, key: str, told: str) -> None:
        row = self.rows.get(key)
        if row is not None:
            row.show_error(told)

    @Slot()
    def _draw_fold(self) -> None:
        name = "chevron-down" if self._fold.isChecked() else "chevron-right"
        side = self.tools.theme.px(16)
        self._fold.setIcon(self.tools.theme.icon(name, "muted", 16))
        self._fold.setIconSize(QSize(side, side))

    @Slot()
    def _on_zoom(self) -> None:
        self._body.setMaximumWidth(self.tools.theme.px(WIDEST))

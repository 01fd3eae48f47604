"""The log and the crash report hold no word of the person, whatever was raised."""

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import StoreError
from app.core.log import crash_report, install_hooks, set_up
from app.core.paths import Paths
from app.core.store.database import Database

CANARY = "Ada Lovelace, +44 20 7946 0958"


@pytest.fixture
def paths(tmp_path: Path) -> Iterator[Paths]:
    """A profile; the loggers are as before when the test is over."""
    logger = logging.getLogger("app")
    before = (list(logger.handlers), logger.level, logger.propagate)
    paths = Paths(tmp_path / "profile")
    paths.create()
    yield paths
    for handler in set(logger.handlers) - set(before[0]):
        logger.removeHandler(handler)
        handler.close()
    logger.setLevel(before[1])
    logger.propagate = before[2]


def _raise_deep(private: str) -> None:
    """Raise an error whose message, locals, cause and notes hold the canary."""
    try:
        int(private)
    except ValueError as error:
        raised = StoreError(f"could not keep {private}")
        raised.add_note(private)
        raise raised from error


def _caught(private: str = CANARY) -> BaseException:
    try:
        _raise_deep(private)
    except StoreError as error:
        return error
    raise AssertionError


def test_lines_of_the_program_are_kept_and_others_are_not(paths: Paths) -> None:
    set_up(paths)
    logging.getLogger("app.core.session").info("answered in %d ms by %s", 120, "small")
    logging.getLogger("openai").warning("a library speaks")
    logging.getLogger("app.core").debug("too fine")
    text = paths.log.read_text()
    assert "INFO app.core.session: answered in 120 ms by small\n" in text
    assert text.count("\n") == 1


def test_details_are_kept_where_asked_for(paths: Paths) -> None:
    set_up(paths, debug=True)
    logging.getLogger("app.core").debug("fine")
    assert "DEBUG app.core: fine" in paths.log.read_text()


def test_setting_up_twice_writes_each_line_once(paths: Paths) -> None:
    set_up(paths)
    set_up(paths)
    logging.getLogger("app").info("once")
    assert paths.log.read_text().count("once") == 1


def test_no_file_is_made_before_the_first_line(paths: Paths) -> None:
    set_up(paths)
    assert not paths.log.exists()


def test_the_log_belongs_to_its_owner_only_and_stays_small(paths: Paths) -> None:
    set_up(paths)
    for number in range(12_000):
        logging.getLogger("app").info("line number %d of many that fill the file", number)
    files = sorted(paths.profile.glob("confidant.log*"))
    assert [each.name for each in files] == ["confidant.log", "confidant.log.1", "confidant.log.2"]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert sum(each.stat().st_size for each in files) < 1_000_000
    assert "number 11999 " in paths.log.read_text()


def test_an_error_is_logged_by_type_and_place(paths: Paths) -> None:
    set_up(paths)
    error = _caught()
    log = logging.getLogger("app.core")
    log.error("could not store", exc_info=error)
    log.warning("failed: %s", error)
    log.warning("failed: %(error)s", {"error": error})
    log.error(error)
    log.error("with stack", stack_info=True)
    text = paths.log.read_text()
    assert "Lovelace" not in text
    assert "7946" not in text
    assert "app.core.errors.StoreError\n  test_log.py:" in text
    assert " _raise_deep\n" in text
    assert "\nValueError\n" in text
    assert text.count("failed: app.core.errors.StoreError") == 2


def test_long_texts_and_objects_are_logged_by_size_and_type(paths: Paths) -> None:
    set_up(paths)
    logging.getLogger("app").info("got %s, %s, %s and %s", CANARY * 4, [CANARY], CANARY.encode(), StoreError)
    text = paths.log.read_text()
    assert "Lovelace" not in text
    assert f"got ({len(CANARY) * 4} characters), (list), (bytes) and StoreError" in text


@pytest.mark.parametrize("arguments", [(1, 2), ("x",), ({"a": 1},)])
def test_a_line_that_does_not_fit_its_arguments_is_still_written(
    paths: Paths, arguments: tuple[object, ...]
) -> None:
    set_up(paths)
    logging.getLogger("app").info("count %d", *arguments)
    assert "count %d" in paths.log.read_text()


def test_a_line_break_cannot_forge_a_line(paths: Paths) -> None:
    set_up(paths)
    logging.getLogger("app").info("model %s", "x\n2026 ERROR forged")
    assert paths.log.read_text().count("\n") == 1


def test_a_log_that_cannot_be_written_stops_nothing(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.log.mkdir()
    set_up(paths)
    logging.getLogger("app").error("lost")
    assert capsys.readouterr() == ("", "")


def test_a_crash_report_names_types_and_places_only() -> None:
    report = crash_report(_caught())
    assert "Lovelace" not in report
    first, second, *_ = report.splitlines()
    assert first.startswith("Confidant ")
    assert second == "app.core.errors.StoreError"
    assert "\n  test_log.py:" in report
    assert "ValueError" in report
    assert str(Path.home()) not in report


def test_a_crash_report_shows_where_in_the_program_it_was(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as raised:
        Database(tmp_path / CANARY / "confidant.db").open()
    report = crash_report(raised.value)
    assert "\n  app/core/store/database.py:" in report
    assert "\nFileNotFoundError\n" in report
    assert "Lovelace" not in report


def test_a_crash_report_of_a_group_names_its_types() -> None:
    group = ExceptionGroup(CANARY, [ValueError(CANARY), KeyError(CANARY)])
    report = crash_report(group)
    assert "ExceptionGroup" in report
    assert "with ValueError, KeyError" in report
    assert "Lovelace" not in report


def test_a_crash_report_of_errors_in_a_circle_ends() -> None:
    one, two = ValueError(), KeyError()
    one.__cause__, two.__cause__ = two, one
    assert crash_report(one).count("Error") == 2


@pytest.fixture
def reports(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    set_up(paths)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    found: list[str] = []
    install_hooks(found.append)
    return found


def test_an_error_that_nobody_caught_is_logged_and_reported(paths: Paths, reports: list[str]) -> None:
    error = _caught()
    sys.excepthook(type(error), error, error.__traceback__)
    assert reports == [crash_report(error)]
    text = paths.log.read_text()
    assert "CRITICAL app: unexpected error\napp.core.errors.StoreError\n" in text
    assert "Lovelace" not in text


def test_an_error_in_a_thread_is_reported(
    paths: Paths, reports: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=_raise_deep, args=(CANARY,))
    thread.start()
    thread.join()
    assert len(reports) == 1
    assert "StoreError" in reports[0]
    assert "Lovelace" not in reports[0] + paths.log.read_text()
    assert capsys.readouterr() == ("", "")


def test_leaving_a_thread_or_the_program_is_no_error(
    reports: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert reports == []
    assert "KeyboardInterrupt" in capsys.readouterr().err

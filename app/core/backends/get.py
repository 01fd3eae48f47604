"""Gets a stronger model from where it is published: when a person asks, noted, and checked file by file."""

from collections.abc import Callable, Iterator

from app.core.backends.files import ModelFolder
from app.core.cancel import Cancel
from app.core.engines.cloud_address import CloudConfig
from app.core.engines.cloud_download import Download, Wanted
from app.core.engines.pump import pump


def get(
    files: ModelFolder, config: CloudConfig, permit: Callable[[str], None], cancel: Cancel
) -> Iterator[int]:
    """Yield how many bytes of the model are there, until all of them are; goes on where it stopped.

    Args:
        permit: called with host and port before each request; notes it, or raises.

    Raises:
        PolicyRefused: nothing may leave.
        EngineError: no connection, it broke off, or what came is not what was published.
        StoreError: the disk is full, or cannot be written.
        Cancelled: `cancel` was set; what came is kept.
    """
    model = files.model
    files.make_room()
    missing = files.missing()
    before = model.size - sum(file.size for file in missing)
    for file in missing:
        wanted = Wanted(model.address + file.path, file.size, files.part(file))
        for done in pump(Download(wanted, config, permit).run, cancel):
            yield before + done
        files.accept(file)
        before += file.size
    yield before

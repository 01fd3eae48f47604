"""A profile with a real store, a real filter and a parrot for a cloud."""

import pytest
from fakes import parrot

from app.core.engines.echo import EchoEngine
from app.core.paths import Paths
from app.core.settings import CLOUD_BASE_URL, CLOUD_ENABLED


@pytest.fixture
def bird():
    with parrot() as server:
        yield server


@pytest.fixture
def confidant(tmp_path, bird):
    """Everything real but the local model, which echoes."""
    from app.assembly import build

    paths = Paths(tmp_path / "profile")
    paths.create()
    confidant = build(paths, local=EchoEngine())
    confidant.start()
    confidant.settings.set(CLOUD_ENABLED, True)
    confidant.settings.set(CLOUD_BASE_URL, bird.address)
    yield confidant
    confidant.close()

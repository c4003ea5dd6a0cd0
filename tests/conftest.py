"""Fixtures that every test can ask for."""

from collections.abc import Iterator

import pytest

pytest_plugins = ["tests.postgres", "tests.real_data"]


@pytest.fixture(autouse=True, scope="session")
def a_data_folder_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the person at this machine has taught the sample shop is no part of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield

"""What every room's tests may ask for. Nothing is imported here that a room does not need."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A busy machine is no fault of the code: no test here is about time.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# LIGHTKEEPER_WRITE_DOCS is for the tests themselves: it lets them write the generated pages anew.
for name in {name for name in os.environ if name.startswith("LIGHTKEEPER_")} - {"LIGHTKEEPER_WRITE_DOCS"}:
    del os.environ[name]  # a developer's own site must not leak into the tests


@pytest.fixture(scope="session")
def postgres() -> Iterator["object"]:
    """A real PostgreSQL (tests/postgres.py: Cluster), started once when first asked for."""
    from tests.postgres import running_cluster, there_is_postgres

    if not there_is_postgres():
        pytest.skip("no PostgreSQL on this machine")
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def spark() -> Iterator["object"]:
    """A real Spark (tests/spark.py), started once when first asked for."""
    from tests.spark import running_spark

    with running_spark() as session:
        yield session

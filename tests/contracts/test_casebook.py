"""The casebook's contract on plain dictionaries. The databases: tests/web/team/test_casebook_contract.py."""

import pytest
from tests.contracts.casebook import CasebookContract

from lightkeeper.desk.in_memory import InMemoryCasebook


class TestInMemory(CasebookContract):
    @pytest.fixture
    def book(self) -> InMemoryCasebook:
        return InMemoryCasebook()

"""The slot on the inbox database keeps to what every slot keeps to."""

import pytest
from tests.contracts.slot import Inside, SlotContract

from lightkeeper.web.inbox.slot import InboxSlot


@pytest.mark.django_db(transaction=True)
class TestInboxIsASlot(SlotContract):
    @pytest.fixture
    def slot(self) -> InboxSlot:
        return InboxSlot()

    @pytest.fixture
    def inside(self) -> Inside:
        from lightkeeper.web.inbox.models import Envelope

        return lambda: {(row.key, bytes(row.sealed)) for row in Envelope.objects.all()}

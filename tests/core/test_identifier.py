"""An identifier is kept as it was given, and shows itself to nobody."""

import pytest

from lightkeeper.core.errors import InvalidIdentifier
from lightkeeper.core.identifier import LONGEST_VALUE, Identifier, IdentifierKind


def test_it_is_kept_as_it_was_given():
    assert Identifier(IdentifierKind.HANDLE, " @Some.One_77 ").value == " @Some.One_77 "


@pytest.mark.parametrize("value", ["", "x" * (LONGEST_VALUE + 1)])
def test_nothing_and_far_too_much_are_refused(value):
    with pytest.raises(InvalidIdentifier):
        Identifier(IdentifierKind.HANDLE, value)


def test_its_repr_tells_a_developer_which_one_but_nobody_who():
    assert (
        repr(Identifier(IdentifierKind.HANDLE, "joshdrift", platform="instagram"))
        == "Identifier(instagram, 'jo…')"
    )
    assert repr(Identifier(IdentifierKind.PHONE, "07700")) == "Identifier(phone, '…')"

"""What makes a backup worth offering."""

from annotator.foundation.errors import UserError
from annotator.store.damage import is_damage


def test_damage_is_told_from_other_errors():
    assert is_damage(UserError("store.damaged", name="x"))
    assert not is_damage(UserError("store.locked", name="x"))

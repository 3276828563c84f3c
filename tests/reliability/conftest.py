"""What every test of reliability can ask for."""

from tests.reliability.results import tell_result, tell_table

__all__ = ["tell_result", "tell_table"]

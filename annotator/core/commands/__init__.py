"""Commands: pure functions from a set to an edit; they raise `Refused` with a reason."""

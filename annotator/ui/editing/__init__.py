"""What the keys do to the open document: caret, modes and their choices. No Qt here."""

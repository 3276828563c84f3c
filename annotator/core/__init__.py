"""The domain: documents, annotations, edits and commands, as frozen values and pure functions."""

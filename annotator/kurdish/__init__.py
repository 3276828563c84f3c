"""Sorani text as data: functions from a string to spans, offsets always on the raw text."""

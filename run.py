"""Stands in until the bootstrap lands."""

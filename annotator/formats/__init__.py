"""Bytes to bundles and back; knows no database."""

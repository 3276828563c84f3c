"""The bill of materials: what is in a bundle, as CycloneDX."""

from __future__ import annotations

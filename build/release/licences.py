"""The licences of what is in a bundle."""

from __future__ import annotations

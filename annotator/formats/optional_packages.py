"""Packages that some formats need and that are no part of the program, for they are large."""

from __future__ import annotations

from annotator.foundation.errors import UserError
from annotator.foundation.paths import is_bundled


def package_missing(package: str) -> UserError:
    """What to say where a package is not there: an installed program can be given none."""
    key = "formats.package_not_bundled" if is_bundled() else "formats.package_missing"
    return UserError(key, package=package)

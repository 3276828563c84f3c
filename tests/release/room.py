"""A build of nothing, for tests of its steps: it writes below a folder of the test."""

from dataclasses import dataclass

from release.work import Work

from tests.architecture.sources import CHECKOUT

VERSION = "1.2.3"
DATE = 1_700_000_000  # seconds since 1970


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkElsewhere(Work):
    """The sources of the checkout, and all that is made somewhere else."""

    elsewhere: object

    @property
    def out(self):
        return self.elsewhere


def work_in(folder, *, version=VERSION, system="windows"):
    """The work of a build whose packages and folders lie in `folder`."""
    work = WorkElsewhere(
        checkout=CHECKOUT,
        system=system,
        version=version,
        source_date=DATE,
        elsewhere=folder / "out",
    )
    work.packages.mkdir(parents=True, exist_ok=True)
    return work

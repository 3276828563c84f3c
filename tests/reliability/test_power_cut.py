"""The power fails at any instant: what was acknowledged is on the disk (P2, P17)."""

import pytest

from tests.reliability.faults_disk import File
from tests.reliability.faults_run import needs_fork, needs_strace, run_driver


def tell(tell_result, report):
    tell_result(
        promise="P2, P17",
        technique="power cut: unsynchronised sectors and names lost",
        ci="2,000 disks",
        full="50,000 disks",
        result=f"{report['states']:,} disks, {report['distinct']:,} different:"
        f" {len(report['bad'])} bad",
    )


@needs_fork
@needs_strace
class TestPowerCuts:
    def test_nothing_acknowledged_is_lost(self, tell_result):
        report = run_driver("power", "--states", "2000")
        assert report["bad"] == []
        assert report["distinct"] > 500
        tell(tell_result, report)

    @pytest.mark.heavy
    def test_nothing_acknowledged_is_lost_in_fifty_thousand(self, tell_result):
        report = run_driver("power", "--states", "50000", "--acts", "200", "--seed", "2")
        assert report["bad"] == []
        tell(tell_result, report)

    @pytest.mark.parametrize(
        ("mutant", "scenario"),
        [
            ("synchronise_never", "work"),
            ("synchronise_normally", "work"),
            ("forget_the_folder", "create"),
            ("publish_before_it_is_whole", "create"),
            ("write_exports_in_place", "export file"),
        ],
    )
    def test_a_store_that_does_not_synchronise_is_found(self, mutant, scenario):
        report = run_driver("power", "--states", "150", "--scenarios", scenario, "--mutant", mutant)
        assert report["bad"] != []


class TestFile:
    def file(self):
        file = File(bytearray(b"a" * 1024))
        file.write(256, b"b" * 512)  # the end of one sector and the beginning of the next
        return file

    def test_what_is_synchronised_stays(self):
        file = self.file()
        file.synchronise()
        assert file.survivor(lambda: False) == b"a" * 256 + b"b" * 512 + b"a" * 256

    def test_what_is_not_may_go_sector_by_sector(self):
        answers = iter([False, True])
        kept = self.file().survivor(lambda: next(answers))
        assert kept == b"a" * 512 + b"b" * 256 + b"a" * 256

    def test_a_size_may_be_lost_as_well(self):
        file = File(bytearray(b"abc"))
        file.truncate(1)
        assert file.survivor(lambda: False) == b"abc"
        assert file.survivor(lambda: True) == b"a"
        file.write(2, b"x")
        assert file.survivor(lambda: True) == b"a\0x"

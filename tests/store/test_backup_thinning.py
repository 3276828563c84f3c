"""Which backups stay: properties for any history and clock, and four hundred days of work."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from annotator.store.backup_thinning import (
    ALWAYS_KEPT,
    KEPT_LONGER,
    MOST_KEPT_LONGER,
    MOST_OF_A_DAY,
    BackupReason,
    superfluous,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MUCH = 10**15
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Made:
    number: int
    made: datetime
    reason: BackupReason = BackupReason.WORK
    size: int = 1


def numbered(*times, **values):
    return [Made(number, made, **values) for number, made in enumerate(times, 1)]


def kept(backups, now=NOW, room=MUCH):
    gone = {backup.number for backup in superfluous(backups, now, room=room)}
    return [backup for backup in backups if backup.number not in gone]


times = st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC))
recent = st.integers(0, 3 * 400 * 24).map(lambda hours: NOW - timedelta(hours=hours / 3))
histories = st.lists(
    st.tuples(st.one_of(times, recent), st.sampled_from(BackupReason), st.integers(1, 50)),
    max_size=80,
).map(lambda rows: [Made(n, *row) for n, row in enumerate(rows, 1)])


@given(histories, times, st.integers(0, 2_000))
def test_the_newest_stay_whatever_clock_and_room_say(backups, now, room):
    assert kept(backups, now, room)[-ALWAYS_KEPT:] == backups[-ALWAYS_KEPT:]


@given(histories, times, st.integers(0, 2_000))
def test_what_stays_fits_into_the_room_but_for_the_newest(backups, now, room):
    older = set(kept(backups, now, room)) - set(backups[-ALWAYS_KEPT:])
    newest = sum(backup.size for backup in backups[-ALWAYS_KEPT:])
    assert sum(backup.size for backup in older) <= max(room - newest, 0)


@given(histories, times)
def test_deleting_twice_deletes_nothing_more_and_the_oldest_go_first(backups, now):
    gone = superfluous(backups, now, room=MUCH)
    assert gone == sorted(gone, key=lambda backup: backup.number)
    assert superfluous(kept(backups, now), now, room=MUCH) == []


@given(histories)
def test_every_day_of_a_month_and_week_of_a_year_keeps_one(backups):
    left = kept(backups)
    aged = {backup: NOW - backup.made for backup in backups}
    for backup, age in aged.items():
        if DAY < age <= 30 * DAY:
            assert any(b.made.date() == backup.made.date() for b in left)
        elif 30 * DAY < age <= 365 * DAY:
            week = backup.made.isocalendar()[:2]
            assert any(b.made.isocalendar()[:2] == week for b in left)
        elif age > 365 * DAY:
            month = backup.made.year, backup.made.month
            assert any((b.made.year, b.made.month) == month for b in left)


@given(histories)
def test_of_a_day_all_stay_up_to_a_number(backups):
    day = [b for b in backups if NOW - b.made <= DAY]
    left = kept(backups)
    assert [b for b in day if b in left][-MOST_OF_A_DAY:] == day[-MOST_OF_A_DAY:]


@pytest.mark.parametrize("reason", BackupReason)
def test_what_was_wanted_or_cannot_be_undone_stays_a_year(reason):
    times = (NOW - 300 * DAY - minutes * MINUTE for minutes in range(20, 0, -1))
    old = numbered(*times, reason=reason)
    backups = [*old, *(Made(100 + n, NOW) for n in range(ALWAYS_KEPT))]
    assert len(kept(backups)) - ALWAYS_KEPT == (20 if reason in KEPT_LONGER else 1)
    later = NOW + 100 * DAY
    assert len([b for b in kept(backups, later) if b in old]) == 1


def test_even_of_those_there_is_a_most():
    old = numbered(*(NOW - 2 * DAY - n * MINUTE for n in range(99, 0, -1)))
    backups = [Made(b.number, b.made, BackupReason.MANUAL) for b in old]
    assert len(kept(backups)) == MOST_KEPT_LONGER


def test_when_room_is_short_what_is_kept_longer_goes_last():
    backups = [
        Made(1, NOW - 60 * DAY, BackupReason.MANUAL, size=10),
        *(Made(2 + n, NOW - (50 - n) * DAY, size=10) for n in range(40)),
        *(Made(90 + n, NOW, size=10) for n in range(ALWAYS_KEPT)),
    ]
    left = kept(backups, room=10 * (ALWAYS_KEPT + 3))
    assert [b.number for b in left[:1]] == [1]
    assert len(left) == ALWAYS_KEPT + 3
    assert left[1:3] == backups[39:41]


def test_the_future_counts_as_now_and_goes_when_enough_newer_ones_came():
    strange = numbered(*(datetime(2099, 1, 1, tzinfo=UTC) for _ in range(10)))
    after = [Made(11 + n, NOW - (50 - n) * MINUTE) for n in range(MOST_OF_A_DAY)]
    assert kept([*strange, *after[:3]]) == [*strange, *after[:3]]
    assert kept([*strange, *after]) == after


def simulated(days, *, jump=lambda now: now):
    """Work of eight hours a day, but on Fridays, with a backup at opening and every 15 minutes."""
    held, number, start = [], 0, datetime(2026, 1, 1, 8, 0, tzinfo=UTC)
    for day in range(days):
        if (start + day * DAY).weekday() == 4:
            continue
        for quarter in range(32):
            number += 1
            real = start + day * DAY + quarter * 15 * MINUTE
            reason = BackupReason.WORK if quarter else BackupReason.OPEN
            held.append(Made(number, jump(real), reason))
            gone = superfluous(held, jump(real), room=MUCH)[:4]
            held = [backup for backup in held if backup not in gone]
            assert held[-1].number == number
    return held, real


def test_four_hundred_days_leave_a_dense_end_and_a_thin_beginning():
    held, now = simulated(400)
    ages = Counter()
    for backup in held:
        age = now - backup.made
        ages["day" if age <= DAY else "month" if age <= 30 * DAY else "more"] += 1
    # Two working days may lie within 24 hours of the last quarter.
    assert 32 <= ages["day"] <= MOST_OF_A_DAY
    assert 25 <= ages["month"] <= 27
    assert 48 <= ages["more"] <= 51
    assert min(backup.made for backup in held) < now - 365 * DAY


def test_a_clock_that_jumps_for_an_hour_takes_little():
    hour = [datetime(2026, 12, 1, 9, 0, tzinfo=UTC) + n * 15 * MINUTE for n in range(4)]

    def jumping(now):
        return datetime(2099, 5, 5, tzinfo=UTC) if now in hour else now

    usual, _ = simulated(400)
    jumped, _ = simulated(400, jump=jumping)
    lost = {b.made for b in usual} - {b.made for b in jumped} - set(hour)
    assert len(lost) <= 16
    assert {b.made for b in usual[-ALWAYS_KEPT:]} <= {b.made for b in jumped}

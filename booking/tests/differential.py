"""Finds the starts of random cases again, with Python's zoneinfo and nothing of ours.

    cargo run --release -p booking --example differential -- 100000 1 /usr/share/zoneinfo |
        PYTHONTZPATH=/usr/share/zoneinfo python3 booking/tests/differential.py

Reads lines of JSON on standard input. It goes about it another way than the engine: every minute
is asked what the wall clock shows, and a start is tried minute by minute.
"""

import datetime as dt
import json
import sys
import zoneinfo

UTC = dt.timezone.utc
MINUTE = 60


def walls(zone, first, last):
    """The wall clock at every minute from `first` to `last`, as minutes since 1970 on the wall.

    The offset is asked for at every minute near a change, and at both ends of every half hour.
    """

    def offset(minute):
        at = dt.datetime.fromtimestamp(minute * MINUTE, UTC).astimezone(zone)
        seconds = at.utcoffset().total_seconds()
        assert seconds % MINUTE == 0
        return int(seconds) // MINUTE

    found = []
    for start in range(first, last, 30):
        end = min(start + 30, last)
        low, high = offset(start), offset(end)
        if low == high:
            found.extend(range(start + low, end + low))
        else:
            found.extend(minute + offset(minute) for minute in range(start, end))
    return found


def starts(case):
    """Every start in the window of `case`, in seconds since 1970."""
    zone = zoneinfo.ZoneInfo(case["zone"])
    duration, before, after = case["duration"], case["before"], case["after"]
    # Whole minutes around the window; a window may begin between two.
    low = case["window"][0] // MINUTE - before - 1
    high = -(-case["window"][1] // MINUTE) + duration + after + 1
    wall = walls(zone, low, high)

    def hours(day):
        date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
        name = date.isoformat()
        if name in case["closures"]:
            return []
        if name in case["exceptions"]:
            return case["exceptions"][name]
        return case["week"][date.weekday()]

    cache = {}

    def shifts(day):
        if day not in cache:
            cache[day] = [
                (since * 1440 + start, since * 1440 + end)
                for since in (day - 1, day)
                for start, end in hours(since)
            ]
        return cache[day]

    is_open, is_on_grid = [], []
    for minute in wall:
        now = [start for start, end in shifts(minute // 1440) if start <= minute < end]
        is_open.append(bool(now))
        is_on_grid.append(any((minute - start) % case["step"] == 0 for start in now))
    load = [0] * len(wall)
    for start, end in case["claims"]:
        assert start % MINUTE == 0 and end % MINUTE == 0
        for minute in range(max(start // MINUTE, low), min(end // MINUTE, high)):
            load[minute - low] += 1
    is_free = [taken < case["capacity"] for taken in load]

    found = []
    for index, on_grid in enumerate(is_on_grid):
        at = (index + low) * MINUTE
        if (
            on_grid
            and case["window"][0] <= at < case["window"][1]
            and all(is_open[index : index + duration])
            and all(is_free[index - before : index + duration + after])
        ):
            found.append(at)
    return found


def main():
    n_cases = n_starts = n_different = 0
    zones = set()
    for line in sys.stdin:
        case = json.loads(line)
        n_cases += 1
        zones.add(case["zone"])
        again = starts(case)
        n_starts += len(again)
        if again != case["starts"]:
            n_different += 1
            if n_different <= 3:
                missing = sorted(set(again) - set(case["starts"]))
                extra = sorted(set(case["starts"]) - set(again))
                print(f"differs: only here {missing}, only there {extra}: {line}", file=sys.stderr)
    print(f"{n_cases} cases in {len(zones)} zones, {n_starts} starts, {n_different} differences")
    return 0 if n_cases and n_starts and not n_different else 1


if __name__ == "__main__":
    sys.exit(main())

"""Registers: facts with dates that the bank cannot know, and what they say of a name on a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from answers_bank.dutch.time.calendar import DAY, add_months, month
from answers_bank.dutch.words import fold


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; without `last` it runs on, as far as is known."""

    first: datetime.date
    last: datetime.date | None
    known: datetime.date | None = None
    """Last day that the entry can speak of, where it has no end."""

    def runs_on(self, day: datetime.date) -> bool:
        """Whether `day` is in it, taking one without an end to go on after what is known."""
        return self.first <= day and (self.last is None or day <= self.last)

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day and all(end is None or day <= end for end in (self.last, self.known))


@dataclass(frozen=True, slots=True)
class Ministry:
    """A name of a ministry in one period."""

    name: str
    short: str
    period: Period
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cabinet:
    """A cabinet (kabinet)."""

    name: str
    period: Period


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office: a minister or state secretary."""

    name: str
    surname: str
    office: str
    portfolio: str
    """As the office is called: "Asiel en Migratie"; often, not always, the name of a ministry."""

    period: Period

    @property
    def folded(self) -> str:
        """The surname as a pattern, to be found in a folded name."""
        return re.escape(fold(self.surname))


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication that comes back."""

    name: str
    also: tuple[str, ...]
    every: int
    """Months between two editions."""

    months: tuple[int, ...]
    """Months in which it usually appears; empty where that varies."""

    editions: tuple[datetime.date, ...] = ()
    """Days on which editions appeared, without one missing in between."""

    earlier: tuple[datetime.date, int] | None = None
    """The day until which there were as many months between two editions as the number says."""

    replaced: datetime.date | None = None
    """From this day on its figures rest on another method."""

    def next_edition(self, after: datetime.date) -> datetime.date:
        """The day by which the edition after that of `after` has usually appeared."""
        if self.replaced and after < self.replaced:
            return self.replaced
        every = self.earlier[1] if self.earlier and after < self.earlier[0] else self.every
        if self.editions:
            later = next((day for day in self.editions if day > after), None)
            if later and after >= self.editions[0]:
                return later
            # One day gives the rhythm of all: every second December, as in 2018.
            steps = range(-40, 41) if later else range(1, 41)
            start = self.editions[0] if later else self.editions[-1]
            return next((day for step in steps if (day := add_months(start, every * step)) > after), start)
        # Of one edition a year in one of several months, the last month tells when it has appeared.
        months = self.months[-1:] if every >= 12 else self.months
        for step in range(1, 13):
            later = add_months(after.replace(day=1), step)
            if later.month in months:
                return month(later.year, later.month).after
        return add_months(after, every)


@dataclass(frozen=True, eq=False)
class Registers:
    """All registers, each in the order of its days."""

    ministries: tuple[Ministry, ...] = ()
    cabinets: tuple[Cabinet, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    publications: tuple[Publication, ...] = ()

    def cabinet_on(self, day: datetime.date) -> Cabinet | None:
        """The cabinet in office on `day`, as far as known."""
        return next((cabinet for cabinet in self.cabinets if day in cabinet.period), None)

    @cached_property
    def titles(self) -> dict[str, tuple[Period, ...]]:
        """When someone bore the title "minister van X" or "staatssecretaris van X", by X."""
        found: dict[str, list[Period]] = {}
        for entry in self.tenures:
            found.setdefault(entry.portfolio, []).append(entry.period)
        for ministry in self.ministries:
            found.setdefault(ministry.name, []).append(ministry.period)
        return {title: tuple(periods) for title, periods in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Every name of a ministry or title, and every abbreviation, to the name."""
        return {title: title for title in self.titles} | {m.short: m.name for m in self.ministries}

    def name_ended(
        self, name: str, written: datetime.date | None, as_of: datetime.date, title: bool
    ) -> datetime.date | None:
        """The last day of a name that was right when it was written and is no longer; None where it still is.

        With `title`, that of an office holder; a ministry may go where the title stays.
        """
        periods = self.titles[name] if title else [m.period for m in self.ministries if m.name == name]
        if any(period.first <= as_of and (period.last is None or as_of <= period.last) for period in periods):
            return None
        # A name that the text uses outside its days is one that we do not know enough about.
        if written and not any(written in period for period in periods):
            return None
        return max((period.last for period in periods if period.last and period.last < as_of), default=None)

    def successors(
        self, name: str, ended: datetime.date, as_of: datetime.date
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a ministry was called after `ended`, and what that is called on `as_of` where it changed again."""
        first = next((m.successors for m in self.ministries if m.name == name and m.period.last == ended), ())
        now = tuple(dict.fromkeys(last for one in first for last in self._followed(one, ended + DAY, as_of)))
        return first, (() if set(now) == set(first) else now)

    def names_known(self, names: Sequence[str]) -> datetime.date | None:
        """The day up to which ministries are known to bear these names; all that there are, where none is given."""
        running = [m for m in self.ministries if m.period.last is None and (not names or m.name in names)]
        return min((m.period.known for m in running if m.period.known), default=None)

    def _followed(self, name: str, day: datetime.date, as_of: datetime.date) -> Iterator[str]:
        here = next((m for m in self.ministries if m.name == name and day in m.period), None)
        if here is None or here.period.last is None or as_of <= here.period.last:
            yield name
            return
        for successor in here.successors:
            yield from self._followed(successor, here.period.last + DAY, as_of)

    def holder(self, office: str, portfolio: str, day: datetime.date) -> Tenure | None:
        """Who held an office on `day`; None where nobody is known to, or several did."""
        found = [t for t in self.tenures if (t.office, t.portfolio) == (office, portfolio) and day in t.period]
        return found[0] if len(found) == 1 else None

    def in_use(self, office: str, portfolio: str, day: datetime.date) -> bool:
        """Whether someone has that office on `day`, as far as is known; an entry without an end goes on."""
        held = any(t.period.runs_on(day) for t in self.tenures if (t.office, t.portfolio) == (office, portfolio))
        return held or (
            office == "minister" and any(m.period.runs_on(day) for m in self.ministries if m.name == portfolio)
        )

    def person(self, name: str, portfolio: str | None, day: datetime.date) -> Tenure | None:
        """Who bore a name ("A.B. van Zee", "Van Zee") in an office on `day`; where in several, in that portfolio."""
        folded = fold(name)
        found = [t for t in self.tenures if day in t.period and re.search(rf"(?<!\w){t.folded}$", folded)]
        if len({t.name for t in found}) != 1:
            return None
        return next((t for t in found if t.portfolio == portfolio), found[0])

    def latest(self, tenure: Tenure) -> Tenure | None:
        """Who held that office last, as far as known; None where several do."""
        same = [t for t in self.tenures if (t.office, t.portfolio) == (tenure.office, tenure.portfolio)]
        last = [t for t in same if t.period.first == same[-1].period.first]
        return last[0] if len(last) == 1 else None

    def left(self, tenure: Tenure) -> datetime.date | None:
        """The last day of someone in an office, over changes of cabinet; None while in office."""
        last = tenure.period.last
        for other in self.tenures:
            same = (other.name, other.office, other.portfolio) == (tenure.name, tenure.office, tenure.portfolio)
            if same and last is not None and other.period.first == last + DAY:
                last = other.period.last
        return last

"""How each figure is made from counts: which count must be there first, what it is a share of, what it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure before there is data.

    Args:
        needs: this count must be above zero, else the figure is "belum didata".
        unless: this count above zero turns "belum didata" into "tidak berlaku" (the only open day was cancelled).
        months: calendar months in which it is asked; outside of them, without data, it is "tidak berlaku".
        out_of: key of the count printed beside it ("16 dari 20").
        share: numerator and denominator of a percentage; it is never added up.
        median: name of the values (`Tally.spans`) of which it is the median; it is never added up.
        stock: what there is on the last day of a month, and not what happened in it: over several months the last
            one counts, where a flow is summed.
        sealed: nobody may learn from it whether there is any: see `figures.sealing`.
    """

    key: str
    label: str
    unit: str
    sentence: str
    needs: str = ""
    unless: str = ""
    months: tuple[int, ...] = ()
    out_of: str = ""
    share: tuple[str, str] | None = None
    median: str = ""
    sensitive: bool = False
    stock: bool = False
    sealed: bool = False

    @property
    def adds(self) -> bool:
        return self.share is None and not self.median


def count(key: str, label: str, unit: str, sentence: str, **more: object) -> Definition:
    """A number of people, families, things or times."""
    return Definition(key, label, unit, sentence, **more)  # type: ignore[arg-type]


def stock(key: str, label: str, unit: str, sentence: str, **more: object) -> Definition:
    """A number of what there is at the end of a month: months are not added."""
    return count(key, label, unit, sentence, stock=True, **more)


def percent(key: str, label: str, top: str, bottom: str, sentence: str) -> Definition:
    """A share of two counts of the same month, in percent with one decimal."""
    return Definition(key, label, "%", sentence, share=(top, bottom))


def median(key: str, label: str, unit: str, sentence: str, *, of: str, needs: str) -> Definition:
    """The middle one of all values of a month; of a place, of all values of its posts and not of their medians."""
    return Definition(key, label, unit, sentence, needs=needs, median=of)

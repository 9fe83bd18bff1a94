"""Each chart as the table of what it draws."""

from __future__ import annotations

from collections.abc import Iterator

from vaultraider.api._csv import Cell, Table
from vaultraider.services.history.chart_answers import DropsChart, FillChart, ItemsChart, MovedChart, PowerChart


def power(chart: PowerChart) -> Table:
    rows = [(at, line.name, line.guardian, value) for line in chart.series for at, value in line.points]
    return Table(("time", "guardian", "class", "power"), rows)


def fill(chart: FillChart) -> Table:
    return Table(("time", "place", "slots used", "slots in all"), _fill(chart))


def _fill(chart: FillChart) -> Iterator[tuple[Cell, ...]]:
    for at, used in chart.vault.points:
        yield at, "Vault", int(used), chart.vault.capacity
    for each in chart.postmasters:
        for at, used in each.points:
            yield at, f"Postmaster of {each.name}", int(used), each.capacity


def items(chart: ItemsChart) -> Table:
    tiers = ("exotic", "legendary", "rare", "other")
    heading = ("week from", *(f"{tier} in" for tier in tiers), *(f"{tier} out" for tier in tiers))
    ways = [(week.begin, week.came, week.went) for week in chart.weeks]
    rows = [(begin, *(getattr(way, tier) for way in (came, went) for tier in tiers)) for begin, came, went in ways]
    return Table(heading, rows)


def drops(chart: DropsChart) -> Table:
    rows = [(each.tier, bucket.from_hours, bucket.to_hours, bucket.count) for each in chart.tiers for bucket in each.buckets]
    return Table(("rarity", "hours from", "hours to less than", "times"), rows)


def moved(chart: MovedChart) -> Table:
    rows = [(each.name, each.tier, each.item_kind, each.owned, each.count, each.id) for each in chart.items]
    return Table(("item", "rarity", "kind", "owned now", "moves", "id"), rows)

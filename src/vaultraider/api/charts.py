"""The numbers behind the charts of the timeline: each chart by itself, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from flask import Blueprint, Response

from vaultraider.api import _chart_tables as tables
from vaultraider.api._csv import MEDIA_TYPE, Table, csv_answer
from vaultraider.api._resource import current_user, route, services
from vaultraider.domain.errors import InvalidInput, NotFound
from vaultraider.domain.history.aggregates import Range
from vaultraider.domain.people import User
from vaultraider.services.history.chart_answers import DropsChart, FillChart, ItemsChart, MovedChart, PowerChart
from vaultraider.services.history.charts import Charts

blueprint = Blueprint("charts", __name__)


class ChartQuery(msgspec.Struct):
    """``range``: how far back."""

    range: Range = "90d"


@route(blueprint, "GET", "/charts/power", summary="The best power of each guardian over time", errors=(InvalidInput,))
def power_chart(query: ChartQuery) -> PowerChart:
    """A step: a value holds until the next one."""
    return services().history.charts.power(current_user(), query.range)


@route(blueprint, "GET", "/charts/fill", summary="How full the vault and the postmasters are", errors=(InvalidInput,))
def fill_chart(query: ChartQuery) -> FillChart:
    """In slots; a value holds until the next one."""
    return services().history.charts.fill(current_user(), query.range)


@route(blueprint, "GET", "/charts/items", summary="What came and what went, by week and rarity", errors=(InvalidInput,))
def items_chart(query: ChartQuery) -> ItemsChart:
    """Weeks begin on Monday, 00:00 UTC."""
    return services().history.charts.items(current_user(), query.range)


@route(blueprint, "GET", "/charts/drops", summary="How long it takes from one drop to the next", errors=(InvalidInput,))
def drops_chart(query: ChartQuery) -> DropsChart:
    """What was found at once counts as one drop."""
    return services().history.charts.drops(current_user(), query.range)


@route(blueprint, "GET", "/charts/moved", summary="Which items moved most", errors=(InvalidInput,))
def moved_chart(query: ChartQuery) -> MovedChart:
    """By whole days in UTC."""
    return services().history.charts.moved(current_user(), query.range)


@route(
    blueprint,
    "GET",
    "/charts/<chart>.csv",
    summary="What a chart draws, as a table",
    answer=str,
    media_type=MEDIA_TYPE,
    errors=(NotFound, InvalidInput),
)
def chart_table(chart: str, query: ChartQuery) -> Response:
    """``chart``: power, fill, items, drops or moved. Times in UTC."""
    make = _TABLES.get(chart)
    if make is None:
        raise NotFound(f"There is no such chart; there are {', '.join(_TABLES)}.")
    return csv_answer(f"vault-raider-{chart}-{query.range}", make(services().history.charts, current_user(), query.range))


_TABLES: dict[str, Callable[[Charts, User, Range], Table]] = {
    "power": lambda charts, user, wanted: tables.power(charts.power(user, wanted)),
    "fill": lambda charts, user, wanted: tables.fill(charts.fill(user, wanted)),
    "items": lambda charts, user, wanted: tables.items(charts.items(user, wanted)),
    "drops": lambda charts, user, wanted: tables.drops(charts.drops(user, wanted)),
    "moved": lambda charts, user, wanted: tables.moved(charts.moved(user, wanted)),
}

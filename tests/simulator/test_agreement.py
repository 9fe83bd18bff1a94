"""Two workings-out of the same stats, written apart: what the simulator sends in component 304, and what the product computes."""

from __future__ import annotations

from pathlib import Path

from tests.simulator.controls import Controls
from tests.wired import build_wired

from vaultraider.simulator.item_details import stats_of
from vaultraider.simulator.view import View


def test_every_stat_of_every_copy_agrees(simulator_control: Controls, definitions: Path, tmp_path: Path) -> None:
    house = build_wired(tmp_path, simulator_control, definitions=definitions)
    answer = house.signed_in().get("/api/v1/profile").get_json()
    box, account = simulator_control.box, simulator_control.account()
    view = View(world=box.world, account=account, private=True, now=0, lookup=box.source.lookup, game=box.game)
    truth = {one.id: one for one in account.items if one.id}
    compared = 0
    for item in answer["items"]:
        if "stats" not in item:
            continue
        sent = stats_of(view, truth[item["id"]])
        for stat, value, *_ in item["stats"]:
            if stat in sent:
                assert value == sent[stat], (answer["definitions"][str(item["hash"])]["name"], item["id"], stat)
                compared += 1
    assert compared > 8000
    house.services.close()

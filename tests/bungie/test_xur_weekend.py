"""Xûr from the simulator's answers to what a player is told: over resets, with Bungie's oddities, by the demo's definitions."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.bungie.conftest import InTheBox

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.vendors import Vendor, fits_definition, read_vendor, read_vendors, vendor_definition
from vaultraider.domain.wares import Ware, gear_of, wares_of
from vaultraider.domain.xur import COUNTERS, STRANGE_GEAR_OFFERS, XUR, Stock, judge, stock_of, visit_at
from vaultraider.manifest.build import build
from vaultraider.manifest.store import StoredDefinitions
from vaultraider.ports import InstalledManifest, ManifestRef
from vaultraider.simulator.clock import parse_iso
from vaultraider.simulator.content import sqlite_file
from vaultraider.simulator.demo.tables import tables


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> StoredDefinitions:
    """The demo's, as the product keeps them."""
    file: Path = tmp_path_factory.mktemp("demo") / "world.content"
    file.write_bytes(sqlite_file(tables("en")))
    target = file.with_name("definitions.sqlite3")
    report = build(file, target, lambda step, percent=None, sentence=None: None)
    ref = ManifestRef(source="test", language="en", version="demo", path=file.name, key="en-demo")
    installed = datetime.fromisoformat("2026-11-20T00:00:00+00:00")
    return StoredDefinitions(target, file, InstalledManifest(ref=ref, installed=installed, rows=report.rows))


class Watch:
    """Marrow's Titan, looking at Xûr."""

    def __init__(self, box: InTheBox, definitions: StoredDefinitions) -> None:
        self.box, self.definitions, self.catalogue = box, definitions, Catalogue(definitions)
        self.who = box.membership()
        self.seen: dict[date, Stock] = {}
        self.counters: list[Vendor] = []

    def look(self, moment: str) -> str:
        """The verdict at that time; what was seen is in ``counters``."""
        self.box.simulator.box.clock.set(parse_iso(moment))
        token = self.box.sign_in().access_token
        character = self.box.simulator.box.world.accounts[0].characters[0].id
        now = self.box.clock.now()
        listed = read_vendors(self.box.bungie.vendors.all_vendors(token, self.who, character), now).is_here(XUR)
        answers = {hash: self.box.bungie.vendors.vendor(token, self.who, character, hash) for hash in COUNTERS}
        self.counters = [read_vendor(body, hash) for hash, body in answers.items() if body is not None]
        fits = [fits_definition(one, vendor_definition(self.definitions, one.hash)) for one in self.counters]
        weekend = visit_at(now).weekend
        last = max((one for one in self.seen if one < weekend), default=None)
        verdict = judge(now, is_listed=listed, stock=self.stock(), last=self.seen[last] if last else None, fits=all(fits))
        if verdict == "here":
            self.seen[weekend] = self.stock()
        return verdict

    def stock(self) -> Stock:
        return stock_of(self.counters, frozenset().union(*(gear_of(one, self.catalogue) for one in self.counters)))

    def wares(self, vendor: int) -> list[Ware]:
        found = next(one for one in self.counters if one.hash == vendor)
        return wares_of(found, vendor_definition(self.definitions, vendor), self.catalogue)


@pytest.fixture
def watch(box: InTheBox, definitions: StoredDefinitions) -> Watch:
    return Watch(box, definitions)


def test_from_one_weekend_to_the_next(watch: Watch) -> None:
    assert watch.look("2026-11-27T16:59:59Z") == "away"
    assert watch.look("2026-11-27T17:00:01Z") == "too-early", "nobody knows what he had the last time"
    assert watch.look("2026-11-27T17:10:00Z") == "here"
    assert watch.look("2026-12-01T16:59:59Z") == "here", "still what he has brought"
    assert watch.look("2026-12-01T17:00:00Z") == "away"
    assert watch.look("2026-12-04T17:00:01Z") == "here", "his new wares, at once: they are not the last ones"


def test_last_weeks_wares_under_new_dates_are_not_told(watch: Watch) -> None:
    watch.look("2026-11-28T12:00:00Z")
    watch.box.fault("dates_before_stock", seconds=900)
    for moment in ("17:00:00", "17:05:00", "17:12:00", "17:14:59"):
        assert watch.look(f"2026-12-04T{moment}Z") == "last-weeks"
    assert {one.next_refresh.isoformat()[:10] for one in watch.counters if one.next_refresh} == {"2026-12-11"}
    assert watch.look("2026-12-04T17:15:00Z") == "here"


def test_somebody_elses_wares_are_not_told(watch: Watch) -> None:
    watch.box.fault("wrong_items")
    assert watch.look("2026-11-28T12:00:00Z") == "doubtful"
    watch.box.simulator.box.faults.clear()
    assert watch.look("2026-11-28T12:05:00Z") == "here"


def test_he_is_due_and_does_not_come(watch: Watch) -> None:
    watch.box.fault("xur_absent")
    assert watch.look("2026-11-28T12:00:00Z") == "missing"
    assert watch.counters == []


def test_wares_have_names_prices_stats_and_perks(watch: Watch) -> None:
    watch.look("2026-11-28T12:00:00Z")
    armour = watch.wares(XUR)
    assert sorted(str(ware.facts.guardian) for ware in armour) == ["hunter", "hunter", "titan", "titan", "warlock", "warlock"]
    for ware in armour:
        assert (ware.roll, ware.facts.tier, ware.power) == ("known", "exotic", 500)
        assert [(price.name, price.quantity) for price in ware.prices] == [("Strange Coin", 41)]
        assert isinstance(ware.stats, list) and len(ware.stats) == 7, "six, and their total"
        assert isinstance(ware.perks, list) and any(p.name == f"Secret of {ware.facts.name}" for c in ware.perks for p in c.perks)
    offers = watch.wares(STRANGE_GEAR_OFFERS)
    assert {ware.roll for ware in offers} == {"known", "none"}, "the engram is what it is"
    rifle = next(ware for ware in offers if ware.facts.tier == "legendary" and not isinstance(ware.facts.guardian, str))
    assert isinstance(rifle.perks, list) and len(rifle.perks) == 6
    assert max(len(column.perks) for column in rifle.perks) == 2, "what can be chosen"
    assert isinstance(rifle.stats, list) and all(line.name for line in rifle.stats)


def test_without_details_perks_come_from_the_definition(watch: Watch) -> None:
    """As everybody sees them who is not signed in."""
    watch.box.simulator.box.clock.set(parse_iso("2026-11-28T12:00:00Z"))
    public = read_vendors(watch.box.bungie.vendors.public_vendors(), watch.box.clock.now())
    wares = [
        ware
        for hash in COUNTERS
        for ware in wares_of(public.vendors[hash], vendor_definition(watch.definitions, hash), watch.catalogue)
    ]
    rolls = {ware.roll for ware in wares}
    assert rolls == {"unknown", "fixed", "none"}
    for ware in wares:
        assert not isinstance(ware.stats, list) and not isinstance(ware.owned, bool) and not isinstance(ware.barred, list)
        assert all(not isinstance(price.owned, int) for price in ware.prices)
        if ware.roll == "fixed":
            assert isinstance(ware.perks, list) and all(column.certain for column in ware.perks)
    legendary = next(
        w for w in wares if w.roll == "unknown" and w.facts.tier == "legendary" and not isinstance(w.facts.guardian, str)
    )
    assert isinstance(legendary.perks, list)
    assert [column.certain for column in legendary.perks] == [True, False, False, False, False, False]

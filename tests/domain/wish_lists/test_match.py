"""What lists say of copies."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.wish_lists import armoury
from tests.domain.wish_lists.armoury import (
    BOAT,
    BORE,
    CANNONS,
    CHAMBER,
    ECHO,
    ECHO_PLUS,
    EMBER,
    EMBER_PLUS,
    FOREIGN,
    FRAME,
    GREAT_LOADER,
    HARROW,
    LANTERN,
    LARGE_MAG,
    LOADER,
    MASTERWORK,
    ROLL,
    SMALL_MAG,
    SPARK,
    STEADY_MOD,
    SWORDS,
    number,
    owned,
)

from vaultraider.domain.catalogue import Catalogue
from vaultraider.domain.profile import Profile, assemble_profile
from vaultraider.domain.snapshot import read_snapshot
from vaultraider.domain.wish_lists import WILDCARD, ParsedList, Roll, Wishes, parse_list
from vaultraider.domain.wish_lists.limits import LONGEST_SHOWN
from vaultraider.domain.wishes import Verdict
from vaultraider.manifest.store import StoredDefinitions


def said(profile: Profile, *lists: ParsedList) -> dict[int, Verdict]:
    return {number(id): verdict for id, verdict in Wishes(lists).verdicts(profile).items()}


def listed(*rolls: Roll, title: str = "") -> ParsedList:
    return ParsedList(title=title, rolls=rolls)


@pytest.mark.parametrize(
    ("roll", "fits"),
    [
        (Roll(LANTERN, (ECHO, EMBER)), True),
        (Roll(LANTERN, (EMBER, ECHO)), True),
        (Roll(LANTERN), True),
        (Roll(LANTERN, (ECHO,), unwanted=True), True),
        (Roll(LANTERN, (ECHO, LARGE_MAG)), True),
        (Roll(LANTERN, (ECHO, CHAMBER)), False),
        (Roll(LANTERN, (ECHO, 424242)), False),
        (Roll(HARROW, (ECHO,)), False),
        (Roll(WILDCARD, (ECHO,)), True),
        (Roll(WILDCARD, (CHAMBER,)), False),
        (Roll(CANNONS, (ECHO,)), True),
        (Roll(SWORDS, (ECHO,)), False),
        (Roll(LANTERN, (ECHO_PLUS, EMBER)), True),
        (Roll(LANTERN, (ECHO_PLUS, EMBER_PLUS)), True),
        (Roll(LANTERN, (FOREIGN,)), False),
        (Roll(LANTERN, (MASTERWORK, STEADY_MOD, FRAME)), True),
        (Roll(LANTERN, (CHAMBER, STEADY_MOD)), False),
        (Roll(LANTERN, (BORE, SMALL_MAG, ECHO, EMBER), expert=False), True),
        (Roll(LANTERN, (BORE, LARGE_MAG, ECHO_PLUS, EMBER, CHAMBER), expert=False), True),
        (Roll(LANTERN, (SMALL_MAG, ECHO, EMBER), expert=False), False),
        (Roll(LANTERN, (), expert=False), False),
    ],
)
def test_one_roll(roll: Roll, fits: bool) -> None:
    profile = owned((LANTERN, ROLL), choices={1: {2: (SMALL_MAG, LARGE_MAG), 5: (STEADY_MOD, CHAMBER)}})
    found = said(profile, listed(roll))
    assert list(found) == ([1] if fits else [])
    assert all(verdict.wanted is not roll.unwanted for verdict in found.values())


@pytest.mark.parametrize(
    ("plugged", "named", "shown"),
    [
        (ECHO, ECHO, ECHO),
        (ECHO_PLUS, ECHO, ECHO_PLUS),
        (ECHO, ECHO_PLUS, ECHO),
        (EMBER_PLUS, EMBER, EMBER_PLUS),
        (EMBER, EMBER_PLUS, EMBER),
    ],
)
def test_enhanced_and_plain_are_the_same_and_the_copy_s_own_is_named(plugged: int, named: int, shown: int) -> None:
    profile = owned((LANTERN, (FRAME, BORE, SMALL_MAG, plugged)))
    assert said(profile, listed(Roll(LANTERN, (named,)))) == {1: Verdict(wanted=True, perks=(shown,))}
    assert said(profile, listed(Roll(LANTERN, (named, BORE)))) == {1: Verdict(wanted=True, perks=(BORE, shown))}


@pytest.mark.parametrize(("has", "named"), [(FOREIGN, ECHO), (GREAT_LOADER, LOADER), (LOADER, GREAT_LOADER)])
def test_perks_of_one_name_that_are_none_of_the_same_kind_stay_apart(has: int, named: int) -> None:
    assert not said(owned((LANTERN, (FRAME, BORE, SMALL_MAG, has))), listed(Roll(LANTERN, (named,))))


def test_the_item_goes_before_any_item_and_that_before_its_kind() -> None:
    kind, any_item, item = (
        Roll(hash, (ECHO,), notes) for hash, notes in ((CANNONS, "kind"), (WILDCARD, "any"), (LANTERN, "item"))
    )
    profile = owned((LANTERN, ROLL))
    assert said(profile, listed(kind, any_item, item))[1].notes == "item"
    assert said(profile, listed(kind, any_item))[1].notes == "any"
    assert said(profile, listed(kind), listed(item))[1].notes == "item"


def test_the_earlier_line_and_the_earlier_list_win() -> None:
    profile = owned((LANTERN, ROLL))
    first, second = Roll(LANTERN, (EMBER,), "first"), Roll(LANTERN, (ECHO,), "second", unwanted=True)
    assert said(profile, listed(first, second))[1].notes == "first"
    assert said(profile, listed(second, first))[1] == Verdict(wanted=False, notes="second", perks=(ECHO,))
    assert said(profile, listed(first, title="A"), listed(second, title="B"))[1].list == "A"
    assert said(profile, listed(second, title="B"), listed(first, title="A"))[1].wanted is False


def test_how_many_lists_say_so() -> None:
    profile = owned((LANTERN, ROLL))
    yes, no, other = Roll(LANTERN, (ECHO,)), Roll(LANTERN, (EMBER,), unwanted=True), Roll(SPARK, (ECHO,))
    found = said(profile, listed(yes, title="A"), listed(no, yes), listed(other), listed(Roll(WILDCARD, (EMBER,))))
    assert found[1] == Verdict(wanted=True, perks=(ECHO,), list="A", lists=2)


def test_a_list_without_a_title_is_called_by_what_stood_before_the_roll() -> None:
    found = said(owned((LANTERN, ROLL)), listed(Roll(LANTERN, (ECHO,), title=" Part two ")))
    assert found[1].list == "Part two"


def test_only_what_has_columns_is_judged() -> None:
    profile = owned((BOAT, (SPARK,)), (LANTERN, ()), (424242, (ECHO,)))
    assert list(said(profile, listed(Roll(WILDCARD), Roll(424242, (ECHO,))))) == [2, 3]
    assert not said(profile, listed())
    assert not said(profile)


def test_long_notes_are_cut_in_the_answer() -> None:
    assert len(said(owned((LANTERN, ROLL)), listed(Roll(LANTERN, notes="n" * 9000)))[1].notes) == LONGEST_SHOWN


def test_every_hash_that_is_named_is_told() -> None:
    lists = [listed(Roll(LANTERN), Roll(HARROW, unwanted=True)), listed(Roll(WILDCARD), Roll(CANNONS))]
    assert Wishes(lists).wishable == {LANTERN, HARROW, CANNONS}


def test_only_what_changed_is_looked_at_again() -> None:
    catalogue = Catalogue(armoury.definitions())
    wishes = Wishes([listed(Roll(LANTERN, (ECHO, LARGE_MAG)), Roll(HARROW))])
    before = owned((LANTERN, ROLL), (HARROW, ROLL), catalogue=catalogue)
    assert [number(id) for id in wishes.verdicts(before)] == [2]
    after = owned((LANTERN, ROLL), (HARROW, ROLL), choices={1: {2: (SMALL_MAG, LARGE_MAG)}}, catalogue=catalogue)
    assert [number(id) for id in wishes.verdicts(after)] == [1, 2]
    assert [number(id) for id in wishes.verdicts(before)] == [2]
    other = owned((HARROW, ROLL), (LANTERN, ROLL), catalogue=catalogue)
    assert [number(id) for id in wishes.verdicts(other)] == [1]


def test_other_definitions_may_know_more_of_a_perk() -> None:
    wishes = Wishes([listed(Roll(LANTERN, (ECHO,)))])
    for catalogue, fits in ((Catalogue(armoury.definitions(ECHO_PLUS)), False), (Catalogue(armoury.definitions()), True)):
        profile = owned((LANTERN, (FRAME, BORE, SMALL_MAG, ECHO_PLUS)), catalogue=catalogue)
        assert bool(wishes.verdicts(profile)) is fits


PLUGS = st.sampled_from([BORE, CHAMBER, SMALL_MAG, LARGE_MAG, ECHO, EMBER, STEADY_MOD])
ROLLS = st.builds(
    Roll,
    item=st.sampled_from([LANTERN, WILDCARD, CANNONS]),
    perks=st.lists(PLUGS, max_size=3, unique=True).map(tuple),
    unwanted=st.booleans(),
)


@given(st.lists(st.lists(ROLLS, max_size=6), max_size=3), st.lists(PLUGS, min_size=1, max_size=5))
def test_the_shelves_find_what_reading_from_top_to_bottom_finds(lists: list[list[Roll]], plugs: list[int]) -> None:
    def slowly() -> Roll | None:
        for key in (LANTERN, WILDCARD, CANNONS):
            for each in lists:
                for roll in each:
                    if roll.item == key and set(roll.perks) <= set(plugs):
                        return roll
        return None

    found = said(owned((LANTERN, plugs), catalogue=CATALOGUE), *(listed(*each) for each in lists))
    wanted = slowly()
    assert (1 in found) is (wanted is not None)
    if wanted is not None:
        assert (found[1].wanted, set(found[1].perks)) == (not wanted.unwanted, set(wanted.perks))


CATALOGUE = Catalogue(armoury.definitions())


@pytest.mark.real_data
def test_a_real_account(real_profile: bytes, real_manifest: StoredDefinitions, shared_dir: Path) -> None:
    """Each copy is wanted by a list that says just what it has, and by none that asks for one perk more."""
    from tests.domain.accounts import READ

    profile = assemble_profile(read_snapshot(real_profile, READ), Catalogue(real_manifest))
    gear = [entry for entry in profile.entries if entry.sockets is not None and entry.plugs and entry.gear is not None]
    lines = [f"dimwishlist:item={entry.data.item_hash}&perks={','.join(map(str, entry.plugs))}" for entry in gear]
    found = Wishes([parse_list("\n".join(lines))]).verdicts(profile)
    assert {entry.item.id for entry in gear} <= set(found)
    assert not Wishes([parse_list("\n".join(f"{line},4242424242" for line in lines))]).verdicts(profile)

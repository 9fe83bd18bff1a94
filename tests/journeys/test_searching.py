"""The search field: what it finds, completes, explains and keeps, and the page that tells every filter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from tests.journeys.house import DESKTOP, PHONE, House, see_all_rows, see_vault, serious_findings, sideways

pytestmark = pytest.mark.browser

ASK = "**/api/v1/search?**"
FEW = 18
"""How many tiles of the vault a phone shows beside a guardian, about, while nothing is asked."""
FAILED = ("Failed to load resource",)
FORGET = """async () => {
  const { csrf_token } = await (await fetch('/api/v1/session')).json();
  const { searches } = await (await fetch('/api/v1/searches')).json();
  const headers = { 'X-CSRFToken': csrf_token };
  for (const { query } of searches)
    await fetch('/api/v1/searches?' + new URLSearchParams({ query }), { method: 'DELETE', headers });
}"""


@pytest.fixture
def searcher(vault: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Opens the vault, of somebody who has searched for nothing yet, with all its rows."""

    def open_vault(expected: tuple[str, ...] = (), **options: object) -> Page:
        page = vault(expected=expected, **options)
        page.evaluate(FORGET)
        see_all_rows(page)
        return page

    yield open_vault


def field(page: Page) -> Locator:
    return page.get_by_role("combobox")


def see_only(page: Page, home: House, query: str) -> None:
    """Exactly what the server finds stands out, and some of it is there."""
    ids = sorted(page.request.get(f"{home.url}/api/v1/search", params={"q": query}).json()["ids"])
    assert ids
    page.wait_for_function(
        "(ids) => [...document.querySelectorAll('.tile:not(.dim)')].map((tile) => tile.dataset.id).sort().join() === ids",
        arg=",".join(ids),
    )
    expect(page.locator(".hits")).to_contain_text(re.compile(rf"^{len(ids):,} of "))


def test_filters_find_what_the_server_finds_and_words_do_too(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    page.keyboard.press("/")
    page.keyboard.type("is:handcannon")
    see_only(page, home, "is:handcannon")
    page.keyboard.type(" -is:locked")
    see_only(page, home, "is:handcannon -is:locked")
    field(page).fill("hand cannon or bow")
    see_only(page, home, "hand cannon or bow")
    field(page).fill("")
    expect(page.locator(".tile.dim")).to_have_count(0)


def test_no_letter_is_lost_and_none_waits_for_the_server(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:bow")
    see_only(page, home, "is:bow")
    held: list[Route] = []
    page.route(ASK, lambda route: held.append(route))
    field(page).press("End")
    text = " is:solar or is:sword"
    for letter in text:
        page.keyboard.type(letter)
    expect(field(page)).to_have_value("is:bow" + text)
    expect(page.locator(".q-paint")).to_have_text("is:bow" + text)
    # What was found last stays as long as nothing newer has come.
    assert page.locator(".tile:not(.dim)").count() == len(page.request.get(f"{home.url}/api/v1/search?q=is:bow").json()["ids"])
    # Each question is taken back by the next one.
    for _ in range(100):
        if len(held) > 1 and all(route.request.failure for route in held[:-1]):
            break
        page.wait_for_timeout(50)
    assert len(held) > 1
    assert not [route.request.url for route in held[:-1] if not route.request.failure]
    page.unroute(ASK)
    page.keyboard.type(" ")
    see_only(page, home, "is:bow is:solar or is:sword")


def test_who_is_quicker_than_the_suggestions_sees_what_was_found(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    held: list[Route] = []
    page.route("**/assets/Searching-*.js", lambda route: held.append(route))
    field(page).fill("is:bow")
    page.keyboard.press("Enter")
    for _ in range(100):  # it may have been fetched ahead
        if not held:
            page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.locator(".q-paint")).to_be_attached()
    see_only(page, home, "is:bow")
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    field(page).press_sequentially(" is:so")
    expect(page.get_by_role("listbox")).to_be_visible()


def test_completing_by_keyboard_alone(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    page.keyboard.press("f")
    page.keyboard.type("is:handca")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("is:handcannon")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(field(page)).to_have_value(re.compile(r"^is:handcannon\s?$"))
    expect(field(page)).to_be_focused()
    see_only(page, home, "is:handcannon")
    # Arrows choose: what is chosen is told, and Enter takes it.
    page.keyboard.type(" is:lock") if not field(page).input_value().endswith(" ") else page.keyboard.type("is:lock")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("is:locked")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(field(page)).to_have_value(re.compile(r"^is:handcannon is:locked\s?$"))
    expect(page.get_by_role("listbox")).to_have_count(0)
    see_only(page, home, "is:handcannon is:locked")
    # Escape folds first, then clears, then leaves.
    page.keyboard.type(" is:leg")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field(page)).not_to_have_value("")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    page.keyboard.press("Escape")
    expect(field(page)).not_to_be_focused()


def test_names_and_perks_of_ones_own_are_offered(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).click()
    page.keyboard.type("sable ver")
    items = page.get_by_role("group", name="Items")
    expect(items.get_by_role("option").first).to_contain_text("Sable Verdict")
    items.get_by_role("option").first.click()
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(page.locator(".tile:not(.dim)").first).to_have_attribute("aria-label", re.compile("^Sable Verdict"))


def test_a_flaw_is_told_in_its_place_and_mended_and_the_list_stays(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:handcannon")
    see_only(page, home, "is:handcannon")
    before = page.locator(".tile:not(.dim)").count()
    field(page).fill("is:handcanon is:legendary")
    told = page.locator("#search-flaw")
    expect(told).to_contain_text("is:handcanon")
    expect(page.locator(".q-flaw").first).to_be_visible()
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    expect(field(page)).to_have_attribute("aria-describedby", "search-flaw")
    expect(page.get_by_text("The list still shows your last valid search.")).to_be_visible()
    assert page.locator(".tile:not(.dim)").count() == before
    assert serious_findings(page) == []
    page.locator(".ac-p .chip", has_text="handcannon").first.click()
    expect(field(page)).to_have_value("is:handcannon is:legendary")
    expect(field(page)).to_be_focused()
    expect(told).to_have_count(0)
    see_only(page, home, "is:handcannon is:legendary")


def test_escape_folds_what_is_wrong_away_and_keeps_the_text(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).click()
    page.keyboard.type("is:weapon is:exotc")
    told = page.locator("#search-flaw")
    expect(told).to_contain_text("is:exotc")
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    expect(field(page)).to_have_value("is:weapon is:exotc")
    expect(page.locator(".q-flaw").first).to_be_visible()
    # Its mark brings the reason back, and so does the next letter.
    page.get_by_role("button", name="This search cannot be understood").click()
    expect(told).to_be_visible()
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    page.keyboard.type("x")
    expect(told).to_contain_text("is:exotcx")


def test_a_search_can_be_shared(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    page.goto(f"{home.url}/vault?q=is:bow")
    see_vault(page)
    see_all_rows(page)
    expect(field(page)).to_have_value("is:bow")
    see_only(page, home, "is:bow")
    field(page).fill("is:sword -is:locked")
    expect(page).to_have_url(f"{home.url}/vault?q=is%3Asword+-is%3Alocked")
    page.keyboard.press("Enter")
    # What is searched for stays, whatever is opened and closed.
    page.locator(".tile:not(.dim)").first.click()
    expect(page.get_by_role("complementary")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(field(page)).to_have_value("is:sword -is:locked")
    expect(page).to_have_url(f"{home.url}/vault?q=is%3Asword+-is%3Alocked")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{home.url}/vault")


def test_a_search_is_saved_offered_again_renamed_and_forgotten(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:bow -is:locked")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Save this search").click()
    page.get_by_label("Name", exact=True).fill("Loose bows")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Saved. Rename or forget")).to_be_visible()
    field(page).fill("")
    kept = page.get_by_role("group", name="Saved and recent").get_by_role("option", name=re.compile("is:bow -is:locked"))
    expect(kept).to_contain_text("Saved as “Loose bows”")
    kept.click()
    see_only(page, home, "is:bow -is:locked")

    page.goto(f"{home.url}/search")
    saved = page.get_by_role("region", name="Saved searches")
    expect(saved.get_by_text("Loose bows")).to_be_visible()
    saved.get_by_role("button", name="Rename is:bow -is:locked").click()
    saved.get_by_label("Name", exact=True).fill("Bows to look at")
    page.keyboard.press("Enter")
    expect(saved.get_by_text("Bows to look at")).to_be_visible()
    saved.get_by_role("button", name="Forget is:bow -is:locked").click()
    saved.get_by_role("button", name="Forget", exact=True).click()
    expect(saved.get_by_text("Bows to look at")).to_have_count(0)


def test_what_was_searched_for_is_offered_again(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:sword is:legendary")
    see_only(page, home, "is:sword is:legendary")
    with page.expect_response("**/api/v1/searches/used"):
        page.keyboard.press("Enter")
    page.reload()
    see_vault(page)
    page.keyboard.press("/")
    page.keyboard.press("Delete")
    expect(page.get_by_role("option", name=re.compile("is:sword is:legendary"))).to_be_visible()


def test_on_a_phone_all_that_is_found_is_seen(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(viewport=PHONE, is_mobile=True, has_touch=True)
    field(page).fill("is:handcannon")
    see_only_seen(page, home, "is:handcannon", "vault")
    # And three lines of each kind again, when nothing is asked.
    field(page).fill("")
    expect(page.get_by_role("button", name=re.compile("Show all")).first).to_be_visible()


def see_only_seen(page: Page, home: House, query: str, store: str) -> None:
    """Of what the server finds, all that lies in this store is in sight, when somebody goes there: nothing cuts it off."""
    found = set(page.request.get(f"{home.url}/api/v1/search", params={"q": query}).json()["ids"])
    items = page.request.get(f"{home.url}/api/v1/profile").json()["items"]
    ids = sorted(each["id"] for each in items if each["id"] in found and each["store"] == store)
    assert len(ids) > FEW
    page.wait_for_function(
        """([store, ids]) => [...document.querySelectorAll(`.vcell[data-store="${store}"] .tiles`)].flatMap((box) => {
          const end = box.getBoundingClientRect().bottom;
          return [...box.querySelectorAll('.tile')].filter((tile) => {
            const { height, bottom } = tile.getBoundingClientRect();
            return height && bottom <= end + 1;
          });
        }).map((tile) => tile.dataset.id).sort().join() === ids""",
        arg=[store, ",".join(ids)],
    )


def test_on_a_phone_what_only_another_guardian_has_is_led_to(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(viewport=PHONE, is_mobile=True, has_touch=True)
    profile = page.request.get(f"{home.url}/api/v1/profile").json()
    last = profile["characters"][-1]["id"]
    worn = next(each["id"] for each in profile["items"] if each["store"] == last and each.get("place") == "equipped")
    field(page).fill(f"id:{worn}")
    expect(page.get_by_role("heading", name=re.compile("Nothing on .+ matches"))).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0
    page.get_by_role("button", name=re.compile("^Show 1 on ")).tap()
    expect(page.locator(f'.tile[data-id="{worn}"]')).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Nothing"))).to_be_hidden()
    # In the vault alone it is not, either.
    page.locator('.gswitch [data-store="vault"]').tap()
    expect(page.get_by_role("heading", name="Nothing in the vault matches")).to_be_visible()


def test_nothing_matches_names_what_to_drop(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    field(page).fill("is:bow is:handcannon")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
    page.get_by_role("button", name="Search for “is:bow”").click()
    see_only(page, home, "is:bow")


def test_every_filter_is_told_with_what_its_example_finds(searcher: Callable[..., Page], home: House) -> None:
    page = searcher()
    page.keyboard.press("/")
    page.keyboard.type("is")
    page.get_by_role("link", name=re.compile(r"^All [\d,]+ filters$")).click()
    expect(page).to_have_url(f"{home.url}/search")
    filters = page.get_by_role("region", name="Filters")
    total = page.request.get(f"{home.url}/api/v1/search/filters").json()["total"]
    expect(filters.get_by_text(f"{total:,} filters", exact=True)).to_be_visible()
    expect(page.locator(".sfilter")).to_have_count(total)
    filters.get_by_label("Find a filter").fill("locked")
    expect(filters.get_by_role("status")).to_contain_text(f" of {total:,} filters")
    # A press writes it into the search, at the end of what stands there.
    field(page).fill("is:bow")
    filters.get_by_role("button", name="Write is:locked into the search field").click()
    expect(field(page)).to_have_value("is:bow is:locked")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    # An example shows in the vault what it finds.
    example = filters.get_by_role("link", name=re.compile(r"^Show .*locked.*items?$")).first
    query = example.locator(".mono").inner_text()
    example.click()
    expect(page).to_have_url(re.compile(r"/vault\?q="))
    expect(field(page)).to_have_value(query)
    see_all_rows(page)
    see_only(page, home, query)


def test_on_a_phone_the_page_says_what_it_is(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(f"{home.url}/search")
    expect(page.get_by_role("heading", name="Search", exact=True, level=1)).to_be_visible()
    assert sideways(page) <= 0


def test_without_the_server_words_still_find_and_filters_say_why_not(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(expected=(*FAILED, "net::ERR"))
    page.route("**/api/v1/search**", lambda route: route.abort())
    field(page).fill("hand cannon")
    expect(page.locator(".tile.dim").first).to_be_attached()
    expect(page.locator(".tile:not(.dim)").first).to_have_attribute("aria-label", re.compile("hand cannon", re.IGNORECASE))
    field(page).fill("is:bow")
    expect(page.get_by_text("Filters need the server, which does not answer.")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Filters need the server")).to_be_visible()
    expect(page.locator(".hits")).to_be_hidden()
    # What was found for another search stays no longer than until the server answers again.
    page.unroute("**/api/v1/search**")
    see_only(page, home, "is:bow")


def test_without_a_network_words_still_find(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(expected=(*FAILED, "net::ERR", "Unable to preload", "dynamically imported"))
    field(page).fill("is:bow")
    see_only(page, home, "is:bow")
    page.context.set_offline(True)
    field(page).fill("hand cannon")
    expect(page.locator(".tile:not(.dim)").first).to_have_attribute("aria-label", re.compile("hand cannon", re.IGNORECASE))
    field(page).fill("is:handcannon")
    expect(page.get_by_text("Filters need the server, which does not answer.")).to_be_visible()
    page.context.set_offline(False)
    see_only(page, home, "is:handcannon")


def test_the_field_goes_on_when_its_help_breaks(searcher: Callable[..., Page], home: House) -> None:
    page = searcher(expected=("TypeError", *FAILED))
    nonsense = json.dumps({"suggestions": [{"kind": "filter", "text": 5, "match": 7}]})
    page.route("**/api/v1/search/suggestions**", lambda route: route.fulfill(content_type="application/json", body=nonsense))
    field(page).click()
    page.keyboard.type("hand cannon")
    expect(field(page)).to_have_value("hand cannon")
    expect(page.locator(".tile:not(.dim)").first).to_have_attribute("aria-label", re.compile("hand cannon", re.IGNORECASE))


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everybody_can_use_it(searcher: Callable[..., Page], home: House, screen: dict[str, int], theme: str) -> None:
    page = searcher(viewport=screen, color_scheme=theme)
    field(page).click()
    page.keyboard.type("is:handcanon perk:e")
    expect(page.locator(".ac-p")).to_be_visible()
    expect(page.get_by_role("option").first).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0
    page.goto(f"{home.url}/search")
    expect(page.locator(".scount").first).to_be_visible()
    assert serious_findings(page) == []
    assert sideways(page) == 0

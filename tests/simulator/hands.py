"""Writes as a client sends them, in the words of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx2
import msgspec

from vaultraider.simulator.demo import structure as s
from vaultraider.simulator.demo.tables import catalogue
from vaultraider.simulator.world import VAULT, Account, Character, Item

if TYPE_CHECKING:
    from tests.simulator.conftest import Browser

ACTIONS = "/Platform/Destiny2/Actions/Items/"
PAUSE = 1.01
"""Seconds of the simulator's clock before each write: nobody is throttled."""


class Answer(msgspec.Struct, frozen=True):
    """``code`` is 0 where the body is no envelope."""

    status: int
    code: int
    body: dict[str, Any]
    text: str


class Hands:
    """Somebody with an account, and the writes. Each returns what was answered."""

    def __init__(self, browser: Browser, person: str = "Marrow") -> None:
        self.browser = browser
        self.box = browser.simulator.box
        self.person = person
        self.headers = browser.headers(person)

    @property
    def account(self) -> Account:
        return self.browser.controls.account(self.person)

    @property
    def me(self) -> Character:
        return self.account.characters[0]

    @property
    def revision(self) -> int:
        return self.box.world.revision

    def lying(self, bucket: int, owner: Character | None = None, *, worn: bool = False) -> list[Item]:
        """What lies in a bucket of a character (the first one, when none is named)."""
        me = (owner or self.me).id
        return [one for one in self.account.items if one.owner == me and one.bucket == bucket and one.equipped is worn]

    def pocket(self, hash: int, bucket: int = s.CONSUMABLES) -> list[Item]:
        return [one for one in self.account.items if one.hash == hash and one.bucket == bucket and not one.owner]

    def vaulted(self, home: int) -> Item:
        """Some ordinary thing of the vault that belongs in a bucket."""
        kinds = self.box.game
        return next(
            one
            for one in self.account.vault()
            if one.id and kinds.kind(one.hash).bucket == home and not kinds.kind(one.hash).label and kinds.is_known(one.hash)
        )

    def send(self, name: str, body: Any, *, pause: float = PAUSE) -> Answer:
        self.box.clock.advance(pause)
        raw = body if isinstance(body, bytes) else msgspec.json.encode(body)
        answer = self.browser.http.post(f"{ACTIONS}{name}/", content=raw, headers=self.headers)
        return told(answer)

    def body(self, item: Item, character: Character | None = None, **more: Any) -> dict[str, Any]:
        """What TransferItem and its like want to know of an item."""
        return {
            "itemReferenceHash": item.hash,
            "itemId": item.id or "0",
            "stackSize": item.quantity,
            "characterId": (character or self.me).id,
            "membershipType": self.account.type,
        } | more

    def vault(self, item: Item, character: Character | None = None, **more: Any) -> Answer:
        return self.send("TransferItem", self.body(item, character, transferToVault=True, **more))

    def fetch(self, item: Item, character: Character | None = None, **more: Any) -> Answer:
        return self.send("TransferItem", self.body(item, character, **more))

    def pull(self, item: Item, character: Character | None = None, **more: Any) -> Answer:
        return self.send("PullFromPostmaster", self.body(item, character, **more))

    def equip(self, item: Item, character: Character | None = None, **more: Any) -> Answer:
        return self.send("EquipItem", self._short(character, **{"itemId": item.id} | more))

    def equip_many(self, ids: list[str], character: Character | None = None) -> Answer:
        return self.send("EquipItems", self._short(character, itemIds=ids))

    def lock(self, item: Item, state: bool, character: Character | None = None, **more: Any) -> Answer:
        return self.send("SetLockState", self._short(character, itemId=item.id or "0", state=state, **more))

    def track(self, item: Item, state: bool, character: Character | None = None, **more: Any) -> Answer:
        return self.send("SetTrackedState", self._short(character, itemId=item.id or "0", state=state, **more))

    def _short(self, character: Character | None, **more: Any) -> dict[str, Any]:
        return {"characterId": (character or self.me).id, "membershipType": self.account.type} | more

    def clear(self, bucket: int, owner: Character | None = None, count: int = 1) -> None:
        """So many of the last carried things of a bucket are gone from the world."""
        for one in self.lying(bucket, owner)[-count:]:
            self.account.items.remove(one)

    def shown(self, components: str = "102,201,205,300,307") -> dict[str, Any]:
        """Fresh from GetProfile."""
        response: dict[str, Any] = self.browser.profile(components, self.person).json()["Response"]
        return response


def told(answer: httpx2.Response) -> Answer:
    body = answer.json() if answer.headers["Content-Type"].startswith("application/json") else {}
    return Answer(answer.status_code, body.get("ErrorCode", 0), body, answer.text)


def fit(account: Account, item: Item, bucket: int, owner: str) -> Item:
    """Lays something down by hand."""
    item.bucket, item.owner, item.equipped = bucket, owner, False
    if item not in account.items:
        account.items.append(item)
    return item


def stack_of(name: str) -> int:
    """The hash of a stackable thing by its name."""
    book = catalogue().book
    return next(hash for hash, _ in catalogue().things.stacks if book.item(hash)["displayProperties"]["name"] == name)


__all__ = ["ACTIONS", "PAUSE", "VAULT", "Answer", "Hands", "fit", "stack_of", "told"]

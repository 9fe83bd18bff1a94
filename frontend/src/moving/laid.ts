/**
 * Lays what is under way over the profile: every tile lies at once where it is going, marked as moving. Pure.
 *
 * What the server has written down as done, it lays over its own profile; so a done step is laid here only until a profile was
 * read after it. A refused step is not laid: its item lies where it was.
 */

import type { Character, Item, Profile, TransferStep, Transfer, AskedWish } from "../api/types";
import { ACCOUNT } from "../vault/arrange";
import { guessed } from "./guess";

/**
 * `moving`: on its way; "waits": it goes on by itself later and lies where it was until then. `pending`, from the server: done,
 * and Bungie's own profile does not show it yet, or has not for three minutes.
 */
export type Laid = Item & { moving?: "goes" | "waits"; pending?: "unseen" | "unconfirmed" };

/** What is known of one transfer; `unsent`: a wish that the server has not answered yet. */
export type Underway = Transfer & { unsent?: { wish: AskedWish; problem?: unknown } };

/** The same profile again when nothing is under way. `known`: when the server made this profile's answer, in milliseconds. */
export function lay(profile: Profile, transfers: readonly Underway[], known: number): Profile {
  const world = new Overlay(profile);
  for (const transfer of transfers.toReversed()) {
    const { unsent } = transfer;
    if (unsent) {
      if (!unsent.problem) layWish(world, unsent.wish);
    } else for (const step of transfer.steps) layStep(world, transfer, step, known);
  }
  return world.profile();
}

const ENDED = new Set<Transfer["state"]>(["done", "partly", "failed", "cancelled", "expired"]);

function layStep(world: Overlay, transfer: Transfer, step: TransferStep, known: number): void {
  const coming = step.state === "planned" || step.state === "running";
  if (coming && ENDED.has(transfer.state)) return;
  if (!coming && !(step.state === "done" && Date.parse(step.ended ?? "") > known)) return;
  // Waiting may last an hour: until then the truth is shown, with a mark.
  if (coming && transfer.state === "waiting") {
    for (const piece of step.items) world.mark(piece.id, "waits");
    return;
  }
  for (const piece of step.items) {
    const id = world.find(piece.id, piece.hash, step.source);
    if (!id) continue;
    if (step.kind === "lock") world.change(id, { locked: step.lock || undefined });
    else if (step.kind === "track") world.change(id, { tracked: step.lock || undefined });
    else if (step.kind === "equip" || step.kind === "equip-all") world.equip(id, step.target);
    else world.put(id, step.target, step.quantity);
    if (coming && step.kind !== "lock" && step.kind !== "track") world.mark(id, "goes");
  }
}

/** Where things will be as far as the page can tell; what it knows to be impossible stays. */
function layWish(world: Overlay, wish: AskedWish): void {
  const { base } = world;
  if (wish.kind === "move") {
    const stays = new Set(guessed(base, wish.items, wish.to, wish.equip).stay.map((each) => each.id));
    for (const { id, quantity } of wish.items) {
      if (stays.has(id)) continue;
      world.put(id, wish.to, quantity || Infinity);
      if (wish.equip) world.equip(id, wish.to);
      world.mark(id, "goes");
    }
  } else if (wish.kind === "collect") {
    const whose = wish.characters?.length ? new Set(wish.characters) : undefined;
    for (const item of base.items) {
      if (item.place !== "postmaster" || (whose && !whose.has(item.store)) || item.stuck) continue;
      world.put(item.id, wish.to ?? item.store, Infinity);
      world.mark(item.id, "goes");
    }
  } else if (wish.kind === "lock" || wish.kind === "track") {
    for (const id of wish.items) world.change(id, { [wish.kind === "lock" ? "locked" : "tracked"]: wish.state || undefined });
  }
}

/** A profile with changes over it; the profile itself is never touched. */
class Overlay {
  private readonly now: Map<string, Laid>;
  private readonly changed = new Set<string>();

  constructor(readonly base: Profile) {
    this.now = new Map(base.items.map((item) => [item.id, item]));
  }

  /** The item's id; for a stack, whose id tells where it lies, that of one of its kind at the source. */
  find(id: string, hash: number, source: string): string | undefined {
    if (this.now.has(id)) return id;
    if (!id.startsWith("s-")) return undefined;
    for (const item of this.now.values())
      if (item.hash === hash && item.store === source && item.id.startsWith("s-")) return item.id;
    return undefined;
  }

  change(id: string, change: Partial<Laid>): void {
    const item = this.now.get(id);
    if (!item) return;
    this.now.set(id, { ...item, ...change });
    this.changed.add(id);
  }

  mark(id: string, moving: Laid["moving"]): void {
    if (this.now.get(id)?.moving !== moving) this.change(id, { moving });
  }

  /** The whole item, or `quantity` of a stack: then the rest stays, and what goes is a stack of its own for now. */
  put(id: string, to: string, quantity: number): void {
    const item = this.now.get(id);
    if (!item) return;
    const store = to !== "vault" && this.isShared(item) ? ACCOUNT : to;
    const place = store === "vault" ? "vault" : "inventory";
    if (item.store === store && item.place !== "postmaster") return;
    const held = item.quantity ?? 1;
    if (quantity >= held) {
      this.change(id, { store, place });
      return;
    }
    this.change(id, { quantity: held - quantity });
    const part = `${id}-to-${store}`;
    const before = this.now.get(part)?.quantity ?? 0;
    this.now.set(part, { ...item, id: part, store, place, quantity: before + quantity, moving: "goes" });
    this.changed.add(part);
  }

  /** Puts it on, and what was worn in its slot beside it. */
  equip(id: string, character: string): void {
    const item = this.now.get(id);
    if (!item || item.place === "equipped") return;
    for (const worn of this.now.values()) {
      if (worn.store === character && worn.place === "equipped" && worn.bucket === item.bucket) {
        this.change(worn.id, { place: "inventory" });
      }
    }
    this.change(id, { store: character, place: "equipped" });
  }

  profile(): Profile {
    if (!this.changed.size) return this.base;
    const items = [...this.now.values()];
    return {
      ...this.base,
      items,
      vault: { ...this.base.vault, used: this.base.vault.used + grown(this.base.items, items, inVault) },
      characters: this.base.characters.map((each) => this.withMail(each, items)),
    };
  }

  private isShared(item: Item): boolean {
    return !!this.base.buckets.find((bucket) => bucket.hash === item.bucket)?.account;
  }

  private withMail(character: Character, items: Item[]): Character {
    const mine = (item: Item) => item.store === character.id && item.place === "postmaster";
    const more = grown(this.base.items, items, mine);
    if (!more) return character;
    return { ...character, postmaster: { ...character.postmaster, used: Math.max(0, character.postmaster.used + more) } };
  }
}

const inVault = (item: Item) => item.place === "vault";

function grown(before: Item[], after: Item[], counts: (item: Item) => boolean): number {
  return after.filter(counts).length - before.filter(counts).length;
}

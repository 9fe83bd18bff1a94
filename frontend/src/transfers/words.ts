/** Transfers and steps in words. Pure: names of stores come from outside. */

import type { Character, TransferStep } from "../api/types";
import { callName } from "../vault/guardian";
import { itemsOf, type Group } from "./groups";
import { ASKERS, byRule, deeds, ENDED, STORES, WHYS, words } from "./tray_messages";
import type { LiveTransfer } from "./store";

export type NameOf = (store: string) => string;

export function namesOf(characters: readonly Character[] | undefined): NameOf {
  const names = new Map(characters?.map((each) => [each.id, callName(each)]));
  return (store) => names.get(store) ?? (store === "vault" || store === "account" ? STORES[store] : STORES.unknown);
}

/** "3 items from the vault to Ilse Varr", "Rookery to the vault, to make room". */
export function groupWords(group: Group, nameOf: NameOf): string {
  const step = group.steps[0]!;
  const items = itemsOf(group);
  const one = items.length === 1;
  const what = one ? pieceWords(items[0]!.name, group.steps) : deeds.items(items.length);
  return deedWords(step, what, !one, nameOf) + WHYS[step.why];
}

function pieceWords(name: string, steps: readonly TransferStep[]): string {
  const quantity = steps.reduce((sum, each) => sum + each.quantity, 0);
  return steps.length === 1 && quantity > 1 ? deeds.pieces(quantity, name) : name;
}

function deedWords(step: TransferStep, what: string, several: boolean, nameOf: NameOf): string {
  switch (step.kind) {
    case "transfer":
      return deeds.transfer(what, nameOf(step.source), nameOf(step.target), several);
    case "pull":
      return deeds.pull(what, nameOf(step.source));
    case "equip":
    case "equip-all":
      return deeds.equip(what, nameOf(step.target));
    case "lock":
      return deeds.lock(what, step.lock ?? true);
    case "track":
      return deeds.track(what, step.lock ?? true);
  }
}

export function whoAsked(askedBy: string): string {
  return ASKERS[askedBy] ?? (askedBy.startsWith("rule ") ? byRule(askedBy.slice("rule ".length)) : askedBy);
}

/** How many of its items stayed: what a retry would try. */
export function stayed(transfer: LiveTransfer): number {
  const items = new Set(transfer.refusals.map((each) => each.item ?? each.sentence));
  return items.size || (transfer.state === "done" ? 0 : Math.max(0, transfer.total - transfer.done));
}

/** What Bungie's list says of what was done. Empty: there is nothing to say, or nothing was done. */
export function checkWords({ done, confirmed, state }: LiveTransfer): string {
  if (!done || state === "running" || state === "queued") return "";
  if (confirmed === "pending") return state === "done" ? words.notSeen : "";
  if (confirmed === "unconfirmed") return words.notShown;
  if (confirmed === "contradicted") return words.differs;
  return state === "done" ? words.checked : "";
}

/** How it ended, in one sentence. */
export function endWords(transfer: LiveTransfer): string {
  return transfer.sentence ?? ENDED[transfer.state] ?? "";
}

/** For the live region. What is done says itself what; of the rest it is said which one. */
export function toldWords(transfer: LiveTransfer): string {
  const said = endWords(transfer);
  return transfer.state === "done" && transfer.sentence ? said : `${transfer.title}: ${said}`;
}

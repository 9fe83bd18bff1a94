/** Steps as they are shown: each by itself when they are few; what goes the same way together when they are many. */

import type { TransferStep } from "../api/types";

/** From so many steps on they are grouped. */
export const MANY = 6;

/** `part`: some of a group are done. `seen`: Bungie's profile shows it. */
export type GroupState = "planned" | "running" | "part" | "done" | "seen" | "odd" | "refused" | "unconfirmed" | "skipped";

export interface Group {
  /** Of its first step: the same as long as the transfer lives. */
  key: string;
  steps: TransferStep[];
  state: GroupState;
  /** How many of its steps are done. */
  done: number;
}

function wayOf(step: TransferStep): string {
  return [step.kind, step.source, step.target, step.why, step.lock].join("|");
}

/** In the order of the first step of each. What a newer plan replaced is left out. */
export function groupsOf(steps: readonly TransferStep[], many = MANY): Group[] {
  const kept = steps.filter((each) => each.state !== "skipped");
  const alike = new Map<string, TransferStep[]>();
  for (const each of kept) {
    const way = kept.length > many ? wayOf(each) : String(each.n);
    const known = alike.get(way);
    if (known) known.push(each);
    else alike.set(way, [each]);
  }
  return [...alike.values()].map((all) => ({
    key: `${all[0]!.n}`,
    steps: all,
    state: stateOf(all),
    done: all.filter((each) => each.state === "done").length,
  }));
}

function stateOf(steps: readonly TransferStep[]): GroupState {
  const has = (state: TransferStep["state"]) => steps.some((each) => each.state === state);
  if (has("running")) return "running";
  if (has("refused")) return "refused";
  if (has("unconfirmed")) return "unconfirmed";
  if (has("planned")) return has("done") ? "part" : "planned";
  if (!has("done")) return "skipped";
  if (steps.some((each) => each.settled === "contradicted" || each.settled === "unconfirmed")) return "odd";
  return steps.every((each) => each.settled) ? "seen" : "done";
}

/** Each reason once, in order: those of a group are mostly the same. */
export function reasonsOf(group: Group): string[] {
  return [...new Set(group.steps.map((each) => each.reason).filter(Boolean))];
}

/** Every item of a group, each once. */
export function itemsOf(group: Group): { id: string; name: string }[] {
  const all = new Map(group.steps.flatMap((step) => step.items.map((item) => [item.id, item])));
  return [...all.values()];
}

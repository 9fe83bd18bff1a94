/** Transfers for tests: Marrow#4417 moves things about. */

import type { TransferStep } from "../src/api/types";
import type { LiveTransfer } from "../src/transfers/store";
import { at, BRANNOCH } from "./world";

export function step(n: number, more: Partial<TransferStep> = {}): TransferStep {
  return {
    n,
    kind: "transfer",
    items: [{ id: `i${n}`, hash: n, name: `Item ${n}` }],
    quantity: 1,
    source: "vault",
    target: BRANNOCH,
    bucket: 1,
    why: "wished",
    reason: `Reason ${n}.`,
    state: "planned",
    ...more,
  };
}

export function transfer(id: string, more: Partial<LiveTransfer> = {}): LiveTransfer {
  return {
    id,
    revision: 1,
    state: "running",
    kind: "move",
    title: `Transfer ${id}`,
    asked_by: "page",
    created: at(60),
    steps: [],
    refusals: [],
    done: 0,
    total: 1,
    confirmed: "all",
    can: [],
    ...more,
  };
}

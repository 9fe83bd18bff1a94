/** A wish to move, lock or make room, and what became of it. */

export type TransferState = "queued" | "running" | "checking" | "waiting" | "done" | "partly" | "failed" | "cancelled" | "expired";
export type StepState = "planned" | "running" | "done" | "refused" | "unconfirmed" | "skipped";
export type Settled = "seen" | "contradicted" | "unconfirmed" | "superseded";
export type Confirmed = "all" | "pending" | "unconfirmed" | "contradicted";

export interface Piece {
  id: string;
  hash: number;
  name: string;
}

export interface Step {
  n: number;
  kind: "transfer" | "pull" | "equip" | "equip-all" | "lock" | "track";
  items: Piece[];
  quantity: number;
  source: string;
  target: string;
  bucket: number;
  why: "wished" | "transit" | "room" | "replacement" | "one-exotic" | "lock-again";
  reason: string;
  state: StepState;
  lock?: boolean;
  replaces?: Piece[];
  sentence?: string;
  code?: number;
  begun?: string;
  ended?: string;
  settled?: Settled;
}

export interface Refusal {
  code: string;
  sentence: string;
  item?: string;
  name?: string;
}

export interface Transfer {
  id: string;
  revision: number;
  state: TransferState;
  kind: "move" | "collect" | "lock" | "track" | "make-room" | "restore";
  title: string;
  sentence?: string;
  asked_by: string;
  created: string;
  started?: string;
  finished?: string;
  not_before?: string;
  expires?: string;
  steps: Step[];
  refusals: Refusal[];
  done: number;
  total: number;
  confirmed: Confirmed;
  can: ("cancel" | "retry" | "undo")[];
  undoes?: string;
  undone_by?: string;
  retries?: string;
  retried_by?: string;
}

export interface Plan {
  title: string;
  steps: Step[];
  refusals: Refusal[];
  already: string[];
}

export interface Write {
  id: string;
  transfer: string;
  title: string;
  asked_by: string;
  step: Step;
  source_name: string;
  target_name: string;
}

export type Wish =
  | { kind: "move"; items: { id: string; quantity?: number }[]; to: string; equip?: boolean }
  | { kind: "collect"; characters?: string[]; to?: string }
  | { kind: "lock" | "track"; items: string[]; state: boolean }
  | { kind: "make-room"; store: string; bucket?: number; slots?: number };

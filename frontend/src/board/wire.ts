/** The board as our server tells it. Volts are numbers, times are ISO. */

export type BoardState = "live" | "missing" | "stuck" | "starting";
export type Side = "above" | "below";

/** From which volts on somebody is told. `hysteresis`: how far it must come back before it can be told again. */
export interface Level {
  above?: number;
  below?: number;
  hysteresis: number;
  on: boolean;
  crossed?: Side;
}

/** `raw`, `volts`, `at`: of the last reading; absent before the first. `failed`: why this input alone gives none. */
export interface Input {
  channel: number;
  name?: string;
  raw?: number;
  volts?: number;
  at?: string;
  level?: Level;
  /** Oldest first: seconds ago, which is negative, and volts; null where nothing was read. */
  history?: readonly (readonly [number, number | null])[];
  failed?: string;
}

/**
 * `reference`: the volts of the highest raw value. It, `name` and `bits` are absent until the device was there once. `rate`: readings
 * a second.
 */
export interface Board {
  source: string;
  name?: string;
  bits?: number;
  reference?: number;
  rate: number;
  state: BoardState;
  since: string;
  sentence?: string;
  may_change: boolean;
  inputs: readonly Input[];
}

/** Without `volts` it could not be read, and `failed` says why. */
export interface Reading {
  channel: number;
  raw?: number;
  volts?: number;
  crossed?: Side;
  failed?: string;
}

export interface Readings {
  at: string;
  inputs: readonly Reading[];
}

/** What can be said of an input. `name` "": it has none again. */
export interface Change {
  name?: string;
  level?: Omit<Level, "crossed"> | null;
}

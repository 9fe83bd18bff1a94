/** The board as our server tells it. Volts are numbers, times are ISO. */

import type { components } from "../api/schema";

type Schemas = components["schemas"];

export type Board = Schemas["BoardAnswer"];
export type BoardState = Board["state"];
export type Input = Schemas["BoardInput"];
export type Level = Schemas["BoardLevel"];
export type Side = NonNullable<Level["crossed"]>;
/** What can be said of an input. `name` "": it has none again. */
export type Change = Schemas["InputChange"];

/** Of the stream. Without `volts` it could not be read, and `failed` says why. */
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

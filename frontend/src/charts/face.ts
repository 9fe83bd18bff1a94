import type { ComponentType, ReactNode } from "react";

/** What one kind of chart shows of its answer. One object for each kind, made once: a card that is given another draws itself anew. */
export interface Face<T> {
  title: string;
  /** The one number, and what is said beside it. */
  head: (data: T) => { value: string; sub?: ReactNode };
  /** Whether there is nothing to draw, and the words that stand there instead. */
  isEmpty: (data: T) => boolean;
  empty: string;
  Drawing: ComponentType<{ data: T }>;
  table: (data: T) => Table;
  /** ISO: how the answer stood when. Without it: when it came. */
  asOf?: (data: T) => string;
}

export interface Table {
  columns: readonly { title: string; number?: boolean }[];
  /** Newest first, where they have a time. Texts are shown as they are. */
  rows: readonly (readonly string[])[];
}

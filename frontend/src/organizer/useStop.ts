import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import type { Row } from "./rows";

/** The cell that is the table's one tab stop; `id` of the heads is "". */
export interface Stop {
  id: string;
  column: string;
}

export const HEADS = "";
const PAGE = 10;

interface Means {
  box: HTMLElement | null;
  rows: readonly Row[];
  columns: readonly string[];
  /** Has the row drawn and brings it into view. */
  reveal: (index: number) => void;
}

/** Moves about in the table by arrows, and keeps focus when its row goes. */
export function useStop({ box, rows, columns, reveal }: Means) {
  const [stop, setStop] = useState<Stop>({ id: HEADS, column: columns[1] ?? "" });
  const index = stop.id === HEADS ? -1 : rows.findIndex((row) => row.id === stop.id);
  const column = columns.includes(stop.column) ? stop.column : (columns[1] ?? "");
  /** Where focus was, while it is in the table. */
  const held = useRef<number>(undefined);

  const focus = useCallback(
    (to: number, name: string) => {
      const row = rows[to];
      flushSync(() => {
        setStop({ id: row?.id ?? HEADS, column: name });
        if (row) reveal(to);
      });
      cellOf(box, row?.id ?? HEADS, name)?.focus({ preventScroll: !!row });
    },
    [rows, reveal, box],
  );

  // What was narrowed or moved may have taken the row away: then the one that has its place gets focus.
  useLayoutEffect(() => {
    if (held.current === undefined || (document.activeElement && document.activeElement !== document.body)) return;
    if (index < 0 && stop.id !== HEADS) focus(Math.min(held.current, rows.length - 1), column);
  });

  const onFocus = useCallback(
    (event: { target: EventTarget }) => {
      const found = placeOf(event.target);
      if (!found) return;
      held.current = found.id === HEADS ? -1 : rows.findIndex((row) => row.id === found.id);
      setStop((before) => (before.id === found.id && before.column === found.column ? before : found));
    },
    [rows],
  );
  const onBlur = useCallback((event: { relatedTarget: EventTarget | null }) => {
    // To nowhere: perhaps because its row went.
    if (event.relatedTarget) held.current = undefined;
  }, []);

  /** Where a key leads; undefined: nowhere. */
  const goal = ({ key, ctrlKey, metaKey }: KeyboardEvent): { row: number; column: string } | undefined => {
    const at = columns.indexOf(column);
    const far = ctrlKey || metaKey;
    const last = rows.length - 1;
    const side = (to: number) => ({ row: index, column: columns[Math.max(0, Math.min(columns.length - 1, to))]! });
    const to = (row: number) => ({ row: Math.max(-1, Math.min(last, row)), column });
    switch (key) {
      case "ArrowLeft":
        return side(far ? 0 : at - 1);
      case "ArrowRight":
        return side(far ? columns.length - 1 : at + 1);
      case "ArrowUp":
        return to(far ? 0 : index - 1);
      case "ArrowDown":
        return to(far ? last : index + 1);
      case "PageUp":
        return to(Math.max(0, index - PAGE));
      case "PageDown":
        return to(index + PAGE);
      case "Home":
        return far ? { row: 0, column: columns[0]! } : side(0);
      case "End":
        return far ? { row: last, column: columns.at(-1)! } : side(columns.length - 1);
      default:
        return undefined;
    }
  };
  // A row that is gone leaves the tab stop to the heads.
  const shown: Stop = { id: index < 0 ? HEADS : stop.id, column };
  return { stop: shown, index, goal, focus, onFocus, onBlur };
}

export function placeOf(target: EventTarget | null): Stop | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  const column = cell?.dataset.column;
  return cell && column ? { id: cell.closest<HTMLElement>("tr")?.dataset.id ?? HEADS, column } : undefined;
}

/** What gets focus: the cell, or in a head what is pressed there. */
function cellOf(box: HTMLElement | null, id: string, column: string): HTMLElement | null | undefined {
  const row = id === HEADS ? box?.querySelector("thead tr") : box?.querySelector(`tr[data-id="${CSS.escape(id)}"]`);
  const cell = row?.querySelector<HTMLElement>(`[data-column="${CSS.escape(column)}"]`);
  return id === HEADS ? cell?.querySelector<HTMLElement>("button, input") : cell;
}

import { useCallback, useEffect, useMemo, useState, type KeyboardEvent, type MouseEvent } from "react";
import type { Profile } from "../api/types";
import { compare } from "../compare/comparing";
import { anchored, select, selection, toggle, useSelection } from "../moving/selection";
import { query, setQuery } from "../search/query";
import { usePhone } from "../ui/usePhone";
import { NAME_ON_PHONE, type Column } from "./columns";
import { Head } from "./Head";
import { messages } from "./messages";
import { narrowed } from "./narrow";
import type { Row } from "./rows";
import { isBeaten, ItemRow, TICK } from "./Row";
import { pressed, type Order } from "./sort";
import { stretches, windowAt } from "./stretch";
import { HEADS, placeOf, useStop } from "./useStop";

interface Props {
  rows: readonly Row[];
  columns: readonly Column[];
  orders: readonly Order[];
  profile: Profile;
  open?: string;
  onOrder: (orders: Order[]) => void;
  onOpen: (id: string) => void;
}

const TICK_WIDTH = 40;
/** At letters of 16 pixels. Rows are equally high, so that those out of sight need not be drawn to know where they are. */
const ROW = 44;
const LETTER = 16;
const rootLetter = () => parseFloat(getComputedStyle(document.documentElement).fontSize) || LETTER;

/** The items as a table: only the rows in view are drawn. It is one tab stop, and arrows move in it. */
export function Table({ rows, columns, orders, profile, open, onOrder, onOpen }: Props) {
  const [box, setBox] = useState<HTMLElement | null>(null);
  const high = (ROW * rootLetter()) / LETTER;
  const selected = useSelection();
  const { seen, reveal, onScroll } = useSeen(box, high);
  const names = useMemo(() => [TICK, ...columns.map(({ id }) => id)], [columns]);
  const { stop, index, goal, focus, onFocus, onBlur } = useStop({ box, rows, columns: names, reveal });
  const highest = useHighest(rows, columns);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const among = rows.filter((row) => selected.has(row.id)).length;

  const act = (row: Row, name: string) => {
    const column = byId.get(name);
    if (!column) return toggle(row.id);
    if (column.look === "name") return onOpen(row.id);
    if (isBeaten(column, row)) return compare([row.id, ...(row.facts?.beaten_by ?? [])], { beaten: row.facts?.beaten });
    const term = column.term?.(row);
    if (term) setQuery(narrowed(query(), term));
  };
  const actOnHead = (name: string, more: boolean) => {
    const column = byId.get(name);
    if (column) {
      box?.scrollTo({ top: 0 });
      return onOrder(pressed(orders, column, more));
    }
    const ids = new Set(rows.map((row) => row.id));
    select(among === rows.length ? [...selection()].filter((id) => !ids.has(id)) : [...selection(), ...ids]);
  };
  const extend = (to: number) => {
    const from = rows.findIndex((row) => row.id === anchored());
    const ends = [from < 0 ? to : from, to].sort((a, b) => a - b);
    const range = rows.slice(ends[0], ends[1]! + 1).map((row) => row.id);
    select([...selection(), ...range], from < 0 ? rows[to]!.id : anchored());
  };

  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    if (place.id === HEADS) return actOnHead(place.column, event.shiftKey);
    const at = rows.findIndex((row) => row.id === place.id);
    if (at < 0) return;
    if (event.shiftKey) extend(at);
    else if (event.ctrlKey || event.metaKey) toggle(place.id);
    // Who marks words to copy them presses nothing.
    else if (!getSelection()?.toString()) act(rows[at]!, place.column);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey } = event;
    const place = placeOf(event.target);
    if (!place || event.altKey) return;
    const here = rows[index];
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "a") select(rows.map((row) => row.id));
    else if (key === " " && here) {
      if (shiftKey) extend(index);
      else toggle(here.id);
    } else if (key === "Enter" && here) act(here, place.column);
    else if ((key === "Enter" || key === " ") && !here) actOnHead(place.column, shiftKey);
    else {
      const next = goal(event);
      if (!next) return;
      focus(next.row, next.column);
      if (shiftKey && next.row >= 0 && next.row !== index) {
        if (anchored() === undefined && here) toggle(here.id);
        extend(next.row);
      }
    }
    event.preventDefault();
  };

  const parts = stretches(seen, index, rows.length);
  const phone = usePhone();
  const widthOf = ({ look, width }: Column) => (phone && look === "name" ? NAME_ON_PHONE : width);
  const width = TICK_WIDTH + columns.reduce((sum, column) => sum + widthOf(column), 0);
  return (
    <div ref={setBox} className="org-wrap panel" role="region" aria-label={messages.scrolls} onScroll={onScroll}>
      <table
        className="otable"
        role="grid"
        aria-label={messages.table(rows.length)}
        aria-rowcount={rows.length + 1}
        aria-colcount={names.length}
        aria-multiselectable="true"
        style={{ minWidth: `${width / LETTER}rem` }}
        onClick={onClick}
        // With Shift a press would mark words.
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      >
        <colgroup>
          <col style={{ width: `${TICK_WIDTH / LETTER}rem` }} />
          {columns.map((column) => (
            // The name takes what is left over.
            <col key={column.id} style={column.look === "name" ? undefined : { width: `${column.width / LETTER}rem` }} />
          ))}
        </colgroup>
        <Head
          columns={columns}
          orders={orders}
          stop={stop.id === HEADS ? stop.column : undefined}
          selected={!among ? "none" : among === rows.length ? "all" : "some"}
        />
        <tbody>
          {parts.map(({ from, to }, part) => [
            <Gap key={`gap-${part}`} rows={from - (parts[part - 1]?.to ?? 0)} high={high} />,
            ...rows
              .slice(from, to)
              .map((row, offset) => (
                <ItemRow
                  key={row.id}
                  row={row}
                  columns={columns}
                  profile={profile}
                  index={from + offset}
                  selected={selected.has(row.id)}
                  open={row.id === open}
                  stop={stop.id === row.id ? stop.column : undefined}
                  highest={highest}
                />
              )),
          ])}
          <Gap rows={rows.length - (parts.at(-1)?.to ?? 0)} high={high} />
        </tbody>
      </table>
    </div>
  );
}

/** Where rows are not drawn. */
function Gap({ rows, high }: { rows: number; high: number }) {
  if (rows <= 0) return null;
  return <tr className="ogap" aria-hidden="true" style={{ height: rows * high }} />;
}

/** Which rows are in view, and how to bring another one there. */
function useSeen(box: HTMLElement | null, high: number) {
  const [seen, setSeen] = useState(() => windowAt(0, innerHeight, high));
  const look = useCallback(() => {
    if (!box) return;
    const next = windowAt(box.scrollTop, box.clientHeight, high);
    setSeen((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [box, high]);
  useEffect(() => {
    const watch = new ResizeObserver(look);
    if (box) watch.observe(box);
    return () => watch.disconnect();
  }, [look, box]);
  const reveal = useCallback(
    (index: number) => {
      if (!box) return;
      const head = box.querySelector("thead")?.offsetHeight ?? 0;
      const top = index * high;
      // Two rows are kept free at the foot: the bar of what is selected lies there.
      const room = box.clientHeight - head - high * 2;
      if (top < box.scrollTop) box.scrollTo({ top });
      else if (top + high > box.scrollTop + room) box.scrollTo({ top: top + high - room });
      look();
    },
    [box, high, look],
  );
  return { seen, reveal, onScroll: look };
}

/** By column of a stat: the highest of all that are shown. */
function useHighest(rows: readonly Row[], columns: readonly Column[]): ReadonlyMap<string, number> {
  return useMemo(() => {
    const found = new Map<string, number>();
    for (const column of columns) {
      if (column.look !== "stat") continue;
      const values = rows.map((row) => column.worth(row)).filter((value) => typeof value === "number");
      found.set(
        column.id,
        values.reduce((most, value) => Math.max(most, value), 0),
      );
    }
    return found;
  }, [rows, columns]);
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from "react";
import { sentenceOf } from "../api/client";
import { serverNow, useNow } from "../freshness/clock";
import { clock, inFull } from "../freshness/words";
import { Icon, Outline } from "../ui/Icon";
import { changeList, overviewQuery, readNow, refresh, removeList } from "./asking";
import { awaitReading, isAwaited } from "./awaited";
import { WISH_ICONS } from "./icons";
import { messages } from "./messages";
import { Unread } from "./Unread";
import type { WishList } from "./wire";
import { factsOf, timesOf } from "./words";

const ListText = lazy(() => import("./ListText").then((module) => ({ default: module.ListText })));
const LONGEST_TITLE = 100;

interface Props {
  list: WishList;
  of: number;
  /** Says aloud what cannot be seen where one looks. */
  onTold: (words: string) => void;
}

/** One list: what it holds, how it was read, and all that can be done with it. Alt and an arrow move it. */
export function ListRow({ list, of, onTold }: Props) {
  const { id, title, place, on } = list;
  const client = useQueryClient();
  const now = useNow(60);
  const row = useRef<HTMLLIElement>(null);
  const [open, setOpen] = useState<"rename" | "remove" | "text">();
  const after = { onSuccess: () => refresh(client) };
  const switching = useMutation({ mutationFn: (to: boolean) => changeList(id, { on: to }), ...after });
  const moving = useMutation({
    mutationFn: (to: number) => changeList(id, { place: to }),
    onSuccess: async (moved) => {
      await refresh(client);
      onTold(messages.moved(title, moved.place + 1, of));
    },
  });
  const asking = useMutation({
    mutationFn: () => readNow(id),
    onSuccess: () => {
      awaitReading(list, serverNow());
      return client.invalidateQueries(overviewQuery);
    },
  });
  const held = useFocusKept(row, place);
  const move = (by: number) => {
    const to = place + by;
    if (to < 0 || to >= of) return;
    held();
    moving.mutate(to);
  };
  const byKey = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    move(by);
  };
  const awaited = asking.isPending || isAwaited(list, now);
  const problem = switching.error ?? moving.error ?? asking.error;
  return (
    <li ref={row} onKeyDown={byKey} className={on ? "" : "is-off"}>
      <div className="worder">
        <Deed name="up" label={messages.up(title)} off={place === 0} onPress={() => move(-1)}>
          <Outline path={WISH_ICONS.up} extra="i-16" />
        </Deed>
        <Deed name="down" label={messages.down(title)} off={place === of - 1} onPress={() => move(1)}>
          <Icon name="chevron-down" extra="i-16" />
        </Deed>
      </div>
      <div className="wabout">
        <h3 dir="auto">{title}</h3>
        {list.url && <div className="t-12 t-3 wurl">{list.url}</div>}
        {list.description && list.description !== title && (
          <p className="t-13 t-2 wdescription" dir="auto">
            {list.description}
          </p>
        )}
        {(list.kind !== "url" || list.read) && <p className="t-13 t-2">{factsOf(list)}</p>}
        {list.wrong_lines > 0 && <Unread list={list} />}
        <p className="t-13 t-3" data-tip={list.read && inFull(Date.parse(list.read))} role={awaited ? "status" : undefined}>
          {awaited && <Icon name="loader-2" extra="i-14 spin" />} {timesOf(list, now)}
        </p>
      </div>
      <div className="wdeeds">
        {list.kind === "url" && (
          <Deed
            label={awaited ? messages.refreshing(title) : messages.refresh(title)}
            off={awaited}
            onPress={() => asking.mutate()}
          >
            <Icon name="refresh" extra="i-16" />
          </Deed>
        )}
        <Deed label={messages.look(title)} onPress={() => setOpen("text")}>
          <Outline path={WISH_ICONS.text} extra="i-16" />
        </Deed>
        <Deed label={messages.rename(title)} open={open === "rename"} onPress={() => setOpen("rename")}>
          <Icon name="pencil" extra="i-16" />
        </Deed>
        <Deed label={messages.remove(title)} open={open === "remove"} onPress={() => setOpen("remove")}>
          <Icon name="trash" extra="i-16" />
        </Deed>
        <span className="form-check form-switch bare wswitch">
          <input
            className="form-check-input"
            type="checkbox"
            role="switch"
            aria-label={messages.on(title)}
            checked={switching.isPending ? switching.variables : on}
            onChange={(event) => switching.mutate(event.target.checked)}
          />
        </span>
      </div>
      {list.failure && (
        <div className="note warn wwide">
          <Icon name="alert-triangle" />
          <div className="grow">
            <b>{messages.failedAt(clock(Date.parse(list.failure.at), now))}</b> {list.failure.sentence}
          </div>
          <button
            type="button"
            className="btn btn-quiet btn-sm"
            aria-label={messages.retryOf(title)}
            aria-disabled={awaited}
            onClick={() => awaited || asking.mutate()}
          >
            {messages.retry}
          </button>
        </div>
      )}
      {open === "rename" && <Rename list={list} onDone={() => setOpen(undefined)} />}
      {open === "remove" && <Remove list={list} onDone={() => setOpen(undefined)} />}
      {open === "text" && (
        <Suspense>
          <ListText list={list} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
      {problem && (
        <p className="t-13 t-danger wwide" role="alert">
          {sentenceOf(problem)}
        </p>
      )}
    </li>
  );
}

/** A row that moves loses the focus. Returns how to say that it is about to. */
function useFocusKept(row: { current: HTMLElement | null }, place: number): () => void {
  const name = useRef<string>(undefined);
  useEffect(() => {
    if (!name.current) return;
    const wanted = row.current?.querySelector<HTMLElement>(`[data-deed="${name.current}"]:not([aria-disabled="true"])`);
    (wanted ?? row.current?.querySelector<HTMLElement>('[data-deed]:not([aria-disabled="true"])'))?.focus();
    name.current = undefined;
  }, [row, place]);
  return () => (name.current = (document.activeElement as HTMLElement | null)?.dataset.deed ?? "up");
}

interface DeedProps {
  label: string;
  name?: string;
  open?: boolean;
  /** It stays in the tab order: who listens hears that it cannot be pressed now. */
  off?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Deed({ label, name, open, off = false, onPress, children }: DeedProps) {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm btn-icon"
      aria-label={label}
      aria-expanded={open}
      aria-disabled={off || undefined}
      data-tip={label}
      data-deed={name}
      onClick={() => off || onPress()}
    >
      {children}
    </button>
  );
}

function Rename({ list, onDone }: { list: WishList; onDone: () => void }) {
  const client = useQueryClient();
  const field = useId();
  const [title, setTitle] = useState(list.title);
  const saving = useMutation({
    mutationFn: () => changeList(list.id, { title: title.trim() }),
    onSuccess: () => refresh(client).then(onDone),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!saving.isPending) saving.mutate();
  };
  return (
    <form className="wwide" onSubmit={submit} noValidate>
      <label className="form-label t-13" htmlFor={field}>
        {messages.name}
      </label>
      <div className="row-c wrap">
        <input
          id={field}
          className="form-control wfield"
          aria-describedby={`${field}-hint`}
          autoComplete="off"
          autoFocus
          maxLength={LONGEST_TITLE}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            onDone();
          }}
        />
        <button type="submit" className="btn btn-primary" aria-disabled={saving.isPending}>
          {messages.save}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onDone}>
          {messages.cancel}
        </button>
      </div>
      <p className="form-text mb-0" id={`${field}-hint`}>
        {messages.nameHint}
      </p>
      {saving.error && (
        <p className="t-13 t-danger mb-0" role="alert">
          {sentenceOf(saving.error)}
        </p>
      )}
    </form>
  );
}

function Remove({ list, onDone }: { list: WishList; onDone: () => void }) {
  const client = useQueryClient();
  const removing = useMutation({ mutationFn: () => removeList(list.id), onSuccess: () => refresh(client) });
  return (
    <div className="wwide">
      <div className="row-c wrap">
        <span className="t-13 grow">{messages.removeSure(messages.rolls(list.rolls + list.trash))}</span>
        <button
          type="button"
          className="btn btn-danger btn-sm"
          autoFocus
          aria-disabled={removing.isPending}
          onClick={() => removing.isPending || removing.mutate()}
        >
          {messages.removeIt}
        </button>
        <button type="button" className="btn btn-ghost btn-sm" onClick={onDone}>
          {messages.cancel}
        </button>
      </div>
      {removing.error && (
        <p className="t-13 t-danger mb-0" role="alert">
          {sentenceOf(removing.error)}
        </p>
      )}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Profile } from "../api/types";
import { useNow } from "../freshness/clock";
import { useMove } from "../journal/useMove";
import { ChoiceMenu } from "../ui/ChoiceMenu";
import { Icon } from "../ui/Icon";
import { ListEnd } from "../ui/ListEnd";
import { Mid } from "../ui/Mid";
import { SearchBox } from "../ui/SearchBox";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../ui/Waiting";
import { heldProfile, type Filters } from "./asking";
import { daysOf } from "./days";
import { EventRow, GapRow } from "./EventRow";
import { EVERYTHING, NOTHING_ASKED, useFilters } from "./filters";
import { messages } from "./messages";
import { firstDay, within, type Range } from "./ranges";
import type { EventPage, Group } from "./types";
import { useEvents } from "./useEvents";
import { useWide } from "./useWide";

/** Milliseconds after the last letter. */
const PATIENCE = 250;
const DAY = 86_400;
const GROUPS = Object.keys(messages.groups) as Group[];
const itemsOf = (profile: Profile) => profile.items;
const guardiansOf = (profile: Profile) =>
  profile.characters.map(({ id, nickname, class_name }) => ({ id, name: nickname || class_name }));

/** Every event of the range, by day, with what narrows it down. */
export const Feed = memo(function Feed({ range }: { range: Range }) {
  const [filters, change] = useFilters();
  const now = useNow(DAY);
  const asked = useMemo<Filters>(() => ({ ...filters, since: firstDay(range, now) }), [filters, range, now]);
  const { pages, counts, error, isPending, isPlaceholderData, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } =
    useEvents(asked);
  const narrowed = Object.keys(filters).length > 0;
  const first = pages[0]?.first;
  const older = !!first && !!asked.since && first < asked.since;
  const next = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <section className="panel" aria-labelledby="events">
      <div className="panel-h wrap ev-h">
        <h2 id="events">{messages.events}</h2>
        <span className="t-12 t-3" role="status">
          {counts && messages.eventCount(counts.all, within(range))}
        </span>
        <Groups chosen={filters.group} counts={counts} onChoose={(group) => change({ group })} />
      </div>
      <div className="ev-tools">
        <Names value={filters.q ?? ""} onSearch={(q) => change({ q })} />
        <div className="row-c wrap">
          <Guardians value={filters.character ?? ""} onChoose={(character) => change({ character })} />
          <ChoiceMenu label={messages.by} value={filters.by ?? ""} choices={messages.bys} onChoose={(by) => change({ by })} />
        </div>
      </div>
      {error ? (
        <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Waiting className="ev-wait" label={messages.reading} widths={[60, 45, 70, 50, 65, 55]} pictures />
      ) : pages[0]!.events.length === 0 ? (
        <Nothing narrowed={narrowed || older} onAll={() => change(narrowed ? NOTHING_ASKED : EVERYTHING)} />
      ) : (
        <div className={isPlaceholderData ? "ev-stale" : undefined} aria-busy={isPlaceholderData}>
          <Days pages={pages} now={now} />
          <End has={hasNextPage} busy={isFetchingNextPage} onMore={next} all={range === "all"} />
        </div>
      )}
    </section>
  );
});

function Days({ pages, now }: { pages: EventPage[]; now: number }) {
  const { data: items } = useQuery(heldProfile(itemsOf));
  const owned = useMemo(() => new Set(items?.map((item) => item.id)), [items]);
  const { problem, show } = useMove();
  const shown = useRef(show);
  useEffect(() => {
    shown.current = show;
  });
  const onMove = useCallback((transfer: string) => shown.current(transfer), []);
  const days = useMemo(() => daysOf(pages, now), [pages, now]);
  return (
    <>
      <p className={problem ? "panel-b t-13 t-danger mb-0" : "visually-hidden"} role="status">
        {problem}
      </p>
      {days.map((day) => (
        <section key={day.title} aria-label={day.title}>
          <h3 className="day">{day.title}</h3>
          <ol className="feed">
            {day.entries.map(({ key, event, gap }) =>
              event ? (
                <EventRow key={key} event={event} owned={!!event.item && owned.has(event.item)} onMove={onMove} />
              ) : (
                <GapRow key={key} gap={gap!} />
              ),
            )}
          </ol>
        </section>
      ))}
    </>
  );
}

interface EndProps {
  has: boolean;
  busy: boolean;
  onMore: () => void;
  all: boolean;
}

/** More comes by itself where the list has a column of its own; else what stands below it could never be reached. */
function End({ has, busy, onMore, all }: EndProps) {
  const wide = useWide();
  if (wide || !has)
    return <ListEnd has={has} busy={busy} onMore={() => busy || onMore()} more={messages.more} end={all ? messages.end : messages.endRange} />;
  return (
    <div className="ev-more">
      <button type="button" className="btn btn-quiet btn-sm" aria-disabled={busy} onClick={() => busy || onMore()}>
        {busy && <Icon name="loader-2" extra="i-14 spin" />}
        {messages.more}
      </button>
    </div>
  );
} // prettier-ignore

interface GroupsProps {
  chosen?: Group;
  counts?: EventPage["counts"];
  onChoose: (group: string) => void;
}

function Groups({ chosen, counts, onChoose }: GroupsProps) {
  return (
    <div className="push row-c wrap gap-4" role="group" aria-label={messages.which}>
      <button type="button" className="chip" aria-pressed={!chosen} onClick={() => onChoose("")}>
        {messages.all}
      </button>
      {GROUPS.map((group) => (
        <button key={group} type="button" className="chip" aria-pressed={chosen === group} onClick={() => onChoose(group)}>
          {messages.groups[group]} {counts && <span className="t-3">{messages.number(counts[group])}</span>}
        </button>
      ))}
    </div>
  );
}

function Guardians({ value, onChoose }: { value: string; onChoose: (character: string) => void }) {
  const { data: guardians = [] } = useQuery(heldProfile(guardiansOf));
  const choices = Object.fromEntries([["", messages.everyGuardian], ...guardians.map(({ id, name }) => [id, name])]);
  return <ChoiceMenu label={messages.guardian} value={value in choices ? value : ""} choices={choices} onChoose={onChoose} />;
}

function Names({ value, onSearch }: { value: string; onSearch: (words: string) => void }) {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  // Something else asked for another search, or for none: the field follows. What it asked for itself may be older than its words.
  if (seen !== value) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  const search = useRef(onSearch);
  useEffect(() => {
    search.current = onSearch;
  });
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === value) return;
    const timer = setTimeout(() => {
      setSent(wanted);
      search.current(wanted);
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [text, value]);
  return <SearchBox text={text} onText={setText} label={messages.search} clear={messages.clear} />;
}

function Nothing({ narrowed, onAll }: { narrowed: boolean; onAll: () => void }) {
  if (!narrowed) {
    return (
      <Mid icon="history" heading="h3" title={messages.nothing}>
        <p>{messages.nothingWhy}</p>
      </Mid>
    );
  }
  return (
    <Mid
      icon="search"
      heading="h3"
      title={messages.noMatch}
      actions={
        <button type="button" className="btn btn-quiet btn-sm" onClick={onAll}>
          {messages.showAll}
        </button>
      }
    >
      <p>{messages.noMatchWhy}</p>
    </Mid>
  );
}

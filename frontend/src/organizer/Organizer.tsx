import "./organizer.scss";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import type { Profile } from "../api/types";
import { useCustomStats } from "../customstats/asking";
import { currentOf } from "../moving/acts";
import { setQuery, useQueryText } from "../search/query";
import { useMatches } from "../search/useMatches";
import { Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";
import { factsQuery, NO_FACTS } from "./asking";
import { Bar } from "./Bar";
import { Choosing } from "./Choosing";
import { columnsOf, USUAL_ORDER, usualOf } from "./columns";
import { useLiked } from "./kept";
import { messages } from "./messages";
import { chosen, searchFor, slotOf, type Choices } from "./narrow";
import { otherKinds, rowsOf, type Row } from "./rows";
import { sorted, type Order } from "./sort";
import { Table } from "./Table";
import type { Basis } from "./stats";
import type { Category } from "./wire";

interface Props {
  profile: Profile;
  open?: string;
  onOpen: (id: string) => void;
  /** What stands beside the table, and goes through its rows. */
  beside: (rows: readonly Row[]) => ReactNode;
}

const BASES: Record<Category, Basis> = { weapons: "now", armor: "base", other: "now" };

/** All items of a kind in a table, narrowed by the search and by a few choices. */
export function Organizer({ profile, open, onOpen, beside }: Props) {
  const table = useTable(profile);
  const { liked, like, choices, setChoices, columns, rows, others, all, shown, orders, basis, facts, text, matches } = table;
  const { category } = choices;
  const [choosing, setChoosing] = useState(false);
  const drawn = useMemo(() => columns.filter(({ id, look }) => look === "name" || shown.includes(id)), [columns, shown]);

  const onChoose = (change: Partial<Choices>) => {
    setChoices((before) => ({ ...before, ...change }));
    if (change.category || change.guardian) like({ category: change.category ?? category, guardian: change.guardian ?? liked.guardian }); // prettier-ignore
  };
  const onOrders = (next: Order[]) => like({ orders: { ...liked.orders, [category]: next } });
  return (
    <div className="page wide org">
      <Bar
        profile={profile}
        choices={choices}
        slots={useSlots(profile, all)}
        basis={basis}
        columns={drawn.length}
        search={searchFor(rows, choices, text)}
        onChoose={onChoose}
        onBasis={(next) => like({ basis: { ...liked.basis, [category]: next } })}
        onColumns={() => setChoosing(true)}
      />
      {facts.isError && <Failed onRetry={() => void facts.refetch()} />}
      <span className="visually-hidden" role="status">
        {facts.isPending && messages.reading}
      </span>
      {rows.length ? (
        <Table
          key={category}
          rows={rows}
          columns={drawn}
          orders={orders}
          profile={profile}
          open={open}
          onOrder={onOrders}
          onOpen={onOpen}
        />
      ) : (
        <Nothing
          all={all}
          matches={matches}
          category={category}
          others={others}
          onDrop={() => setChoices((before) => ({ ...before, guardian: "all", slot: "all", advice: "all" }))}
          onKind={(kind) => {
            // All that was counted; the class that is liked stays liked.
            setChoices({ category: kind, guardian: "all", slot: "all", advice: "all" });
            like({ category: kind });
          }}
        />
      )}
      {beside(rows)}
      {choosing && (
        <Choosing
          kind={messages.kinds[category]}
          columns={columns}
          shown={shown}
          orders={orders}
          onShown={(ids) => like({ columns: { ...liked.columns, [category]: ids } })}
          onOrders={onOrders}
          onReset={() =>
            like({
              columns: { ...liked.columns, [category]: undefined },
              orders: { ...liked.orders, [category]: undefined },
            })
          }
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

/** What is in the table, and how it is liked. */
function useTable(profile: Profile) {
  const [liked, like] = useLiked();
  const [choices, setChoices] = useState<Choices>(() => ({
    category: liked.category,
    guardian: liked.guardian ?? classOf(profile),
    slot: "all",
    advice: "all",
  }));
  const { category } = choices;
  const basis = liked.basis[category] ?? BASES[category];
  const facts = useQuery(factsQuery(category, profile));
  const text = useQueryText();
  const matches = useMatches(profile);
  const known = facts.data ?? NO_FACTS;
  const all = useMemo(() => rowsOf(profile, category, known), [profile, category, known]);
  const own = useCustomStats();
  const columns = useMemo(() => columnsOf(profile, category, basis, all, own), [profile, category, basis, all, own]);
  const shown = useMemo(() => liked.columns[category] ?? usualOf(category, columns), [liked.columns, category, columns]);
  const orders = liked.orders[category] ?? USUAL_ORDER[category];
  const left = useMemo(() => chosen(all, choices, matches), [all, choices, matches]);
  const rows = useMemo(() => sorted(left, orders, columns), [left, orders, columns]);
  const others = useMemo(
    () => (rows.length || !matches ? [] : otherKinds(profile, category, matches)),
    [rows, profile, category, matches],
  );
  return { others, liked, like, choices, setChoices, columns, rows, all, shown, orders, basis, facts, text, matches };
}

function classOf(profile: Profile): Choices["guardian"] {
  const played = currentOf(profile)?.class;
  return played === "titan" || played === "hunter" || played === "warlock" ? played : "all";
}

/** The buckets that have something of this kind, in the profile's order. */
function useSlots(profile: Profile, all: readonly Row[]): Record<string, string> {
  return useMemo(() => {
    const there = new Set(all.map((row) => row.item.bucket));
    const slots = profile.buckets.filter(({ hash }) => there.has(hash));
    return Object.fromEntries([["all", messages.anySlot], ...slots.map(({ hash, name }) => [slotOf(hash), name] as const)]);
  }, [profile, all]);
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="note warn mb-3" role="status">
      <Icon name="alert-triangle" />
      <div className="grow">{messages.factsFailed}</div>
      <button type="button" className="btn btn-quiet btn-sm" onClick={onRetry}>
        {messages.retry}
      </button>
    </div>
  );
}

interface NothingProps {
  all: readonly Row[];
  matches?: ReadonlySet<string>;
  category: Category;
  /** What the search finds of other kinds, the most first. */
  others: readonly [Category, number][];
  onDrop: () => void;
  onKind: (kind: Category) => void;
}

/** Names what hides all: the choices, or the search; then where it finds something instead. */
function Nothing({ all, matches, category, others, onDrop, onKind }: NothingProps) {
  const clear = useCallback(() => setQuery(""), []);
  const found = all.filter((row) => !matches || matches.has(row.id)).length;
  return (
    <Mid
      icon="search"
      title={all.length ? messages.nothing : messages.nothingYet}
      actions={
        <>
          {found > 0 && (
            <button type="button" className="btn btn-quiet" onClick={onDrop}>
              {messages.showThem}
            </button>
          )}
          {found === 0 && others[0] && (
            <button type="button" className="btn btn-quiet" onClick={() => onKind(others[0]![0])}>
              {messages.showKind(...others[0])}
            </button>
          )}
          {matches && (
            <button type="button" className="btn btn-ghost" onClick={clear}>
              {messages.clear}
            </button>
          )}
        </>
      }
    >
      <p>
        {found > 0
          ? messages.elsewhere(found)
          : others.length > 0
            ? messages.otherwise(category, others)
            : matches && messages.foundNothing}
      </p>
    </Mid>
  );
}

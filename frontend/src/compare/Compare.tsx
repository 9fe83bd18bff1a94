import "./compare.scss";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { Profile } from "../api/types";
import { useKeys } from "../app/keys";
import { useCustomStats } from "../customstats/asking";
import { nameOf } from "../items/words";
import { factsQuery, NO_FACTS } from "../organizer/asking";
import { categoryOf, rowOf, type Row } from "../organizer/rows";
import type { Basis } from "../organizer/stats";
import type { Category } from "../organizer/wire";
import { ChoiceMenu } from "../ui/ChoiceMenu";
import { Icon } from "../ui/Icon";
import { likeQuery } from "./asking";
import { endComparing, type Comparison } from "./comparing";
import { linesOf } from "./lines";
import { messages } from "./messages";
import { Sides } from "./Sides";
import { useOver } from "./useOver";

interface Props {
  comparison: Comparison;
  profile: Profile;
}

interface Tab {
  key: string;
  label: string;
  ids: readonly string[];
}

const OWN = "own";
const BASES: Record<Category, Basis> = { weapons: "now", armor: "base", other: "now" };

/** Items side by side: those that were chosen, and by tabs all that is like the first of them. */
export default function Compare({ comparison, profile }: Props) {
  const heading = useId();
  const sheet = useRef<HTMLElement>(null);
  useOver(sheet, comparison.back);
  useKeys({ Escape: endComparing });
  const { rows, category, tabs, tab, setTab, like, facts, leave } = useCompared(comparison, profile);
  const [differing, setDiffering] = useState(true);
  const [liked, setBasis] = useState<Basis>();
  const basis = liked ?? BASES[category];
  const own = useCustomStats();
  const lines = useMemo(() => linesOf(rows, profile, category, basis, own), [rows, profile, category, basis, own]);
  const shown = differing && rows.length > 1 ? lines.filter((line) => line.differs) : lines;
  const switchId = useId();
  return createPortal(
    <>
      <div className="cmp-scrim" onClick={endComparing} />
      <section ref={sheet} className="cmp-sheet" role="dialog" aria-modal="true" aria-labelledby={heading} tabIndex={-1}>
        <header className="cmp-h">
          <h2 id={heading} className="grow clip">
            {titleOf(rows)}
          </h2>
          <button
            type="button"
            className="btn btn-ghost btn-icon cmp-x"
            aria-label={messages.close}
            data-tip={messages.close}
            onClick={endComparing}
          >
            <Icon name="x" />
          </button>
          <div className="cmp-tabs" role="group" aria-label={messages.groups}>
            {tabs.map(({ key, label }) => (
              <button key={key} type="button" className="chip" aria-pressed={key === tab} onClick={() => setTab(key)}>
                {label}
              </button>
            ))}
          </div>
          <ChoiceMenu label={messages.stats} value={basis} choices={messages.bases} onChoose={setBasis} />
          <span className="row-c t-13">
            <span className="form-check form-switch bare">
              <input
                id={switchId}
                className="form-check-input"
                type="checkbox"
                role="switch"
                checked={differing}
                onChange={(event) => setDiffering(event.target.checked)}
              />
            </span>
            <label htmlFor={switchId}>{messages.differs}</label>
          </span>
        </header>
        <State like={like} facts={facts} alone={rows.length < 2} />
        <Sides rows={rows} lines={shown} profile={profile} onLeave={leave} />
      </section>
    </>,
    document.body,
  );
}

/** "Compare 4 copies of Sable Verdict" */
function titleOf(rows: readonly Row[]): string {
  const names = new Set(rows.map(({ definition }) => nameOf(definition)));
  const [name] = names;
  if (rows.length === 1 && name) return messages.titleWith(name);
  return names.size === 1 && name ? messages.titleOf(rows.length, name) : messages.title(rows.length);
}

function useCompared({ ids, beaten }: Comparison, profile: Profile) {
  const first = profile.items.find((item) => item.id === ids[0]);
  const category = first ? categoryOf(profile, first) : "other";
  const like = useQuery(likeQuery(ids[0] ?? "", profile));
  const facts = useQuery(factsQuery(category, profile));
  const [wanted, setTab] = useState<string>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const tabs = useMemo(() => {
    const own: Tab[] =
      ids.length > 1 ? [{ key: OWN, label: beaten ? messages.beatenBy(ids.length - 1) : messages.chosen(ids.length), ids }] : [];
    const groups = (like.data ?? []).map(({ key, title, ids }): Tab => ({ key, label: messages.group(title, ids.length), ids }));
    return [...own, ...groups];
  }, [ids, beaten, like.data]);
  const tab = tabs.find(({ key }) => key === wanted) ?? tabs[0];
  const known = facts.data ?? NO_FACTS;
  const rows = useMemo(() => {
    const items = new Map(profile.items.map((item) => [item.id, item]));
    const order = tab ? [ids[0]!, ...tab.ids.filter((id) => id !== ids[0])] : ids.slice(0, 1);
    return order.flatMap((id) => {
      const item = items.get(id);
      return item && !left.has(id) ? [rowOf(profile, item, known[id])] : [];
    });
  }, [profile, known, ids, tab, left]);
  const leave = (id: string) => setLeft((before) => new Set([...before, id]));
  return { rows, category, tabs, tab: tab?.key, setTab, like, facts, leave };
}

interface Asked {
  isPending: boolean;
  isError: boolean;
  refetch: () => unknown;
}

/** What is still being read, or could not be. */
function State({ like, facts, alone }: { like: Asked; facts: Asked; alone: boolean }) {
  const failed = facts.isError ? facts : like.isError ? like : undefined;
  if (failed) {
    return (
      <div className="note warn cmp-note" role="status">
        <Icon name="alert-triangle" />
        <div className="grow">{failed === facts ? messages.factsFailed : messages.failed}</div>
        <button type="button" className="btn btn-quiet btn-sm" onClick={() => void failed.refetch()}>
          {messages.retry}
        </button>
      </div>
    );
  }
  return (
    <p className="t-13 t-2 cmp-note" role="status" hidden={!alone}>
      {alone && (like.isPending ? messages.reading : messages.alone)}
    </p>
  );
}

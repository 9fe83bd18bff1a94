import { useState, type ReactNode } from "react";
import type { ClassName } from "../api/types";
import { Glyph, Icon } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { XurIcon } from "./icons";
import { messages } from "./messages";
import type { Ware, Xur } from "./types";
import { WareCard } from "./Ware";
import { barsOf, isNew, isWithin, sharedBars } from "./words";

const CLASSES = ["titan", "hunter", "warlock"] as const;
const FILTERS = { all: () => true, new: isNew, within: isWithin } satisfies Record<string, (ware: Ware) => boolean>;
type Filter = keyof typeof FILTERS;

interface Props {
  xur: Xur;
  past: boolean;
  /** Whose wares were asked for; the answer's may be another's, where nobody of that class looked. */
  asked?: ClassName;
  /** The wares of another class are on their way. */
  busy: boolean;
  onGuardian: (guardian: ClassName) => void;
}

/** All that he has or had, in groups; for one class where that makes a difference. */
export function Wares({ xur, past, asked, busy, onGuardian }: Props) {
  const guardian = xur.class;
  const other = !busy && asked && guardian && asked !== guardian;
  const [wanted, setFilter] = useState<Filter>("all");
  const wares = xur.groups.flatMap((group) => group.wares);
  const counts = { all: wares.length, new: wares.filter(isNew).length, within: past ? 0 : wares.filter(isWithin).length };
  // What there is nothing of is no choice any more, as after another class was chosen.
  const filter = counts[wanted] ? wanted : "all";
  const shown = xur.groups
    .map((group) => ({ ...group, wares: group.wares.filter(FILTERS[filter]) }))
    .filter((group) => group.wares.length > 0);
  return (
    <div className={`stack gap-24 ${busy ? "xbusy" : ""} ${past ? "past" : ""}`} aria-busy={busy}>
      <div className="row-c wrap xbar">
        <Filters counts={counts} filter={filter} onFilter={setFilter} />
        {guardian && (
          <div className="push">
            <Segments
              label={messages.guardian}
              value={other ? asked : guardian}
              onChoose={onGuardian}
              choices={CLASSES.map((each) => ({
                value: each,
                label: <ClassLabel guardian={each} />,
                name: messages.classes[each],
              }))}
            />
          </div>
        )}
      </div>
      {(other || xur.reading) && (
        <p className="t-13 t-2 mb-0 xsay" role="status">
          <Icon name={xur.reading ? "loader-2" : "info-circle"} extra={`i-16 ${xur.reading ? "spin" : ""}`} />
          {xur.reading ? messages.ownSoon : other && messages.othersEyes(messages.classes[asked], messages.classes[guardian])}
        </p>
      )}
      {shown.map((group) => (
        <Group key={group.name} group={group} past={past} mine={xur.signed_in} />
      ))}
    </div>
  );
}

interface GroupProps {
  group: Xur["groups"][number];
  past: boolean;
  mine: boolean;
}

function Group({ group: { name, wares }, past, mine }: GroupProps) {
  const shared = past ? [] : sharedBars(wares);
  return (
    <section aria-label={name}>
      <div className="gh">
        <h2>
          {name} <span>{wares.length}</span>
        </h2>
        {shared.map((bar) => (
          <span className="mk mk-bar" key={bar}>
            <Icon name="alert-circle" extra="i-14" />
            {bar}
          </span>
        ))}
      </div>
      <ul className="wares">
        {wares.map((ware) => (
          <WareCard
            key={`${ware.vendor} ${ware.index} ${ware.hash}`}
            ware={ware}
            bars={past ? [] : barsOf(ware).filter((bar) => !shared.includes(bar))}
            mine={mine}
          />
        ))}
      </ul>
    </section>
  );
}

function ClassLabel({ guardian }: { guardian: ClassName }) {
  return (
    <>
      <Glyph name={`cls-${guardian}`} />
      <span className="xcls">{messages.classes[guardian]}</span>
    </>
  );
}

interface FiltersProps {
  counts: Record<Filter, number>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function Filters({ counts, filter, onFilter }: FiltersProps) {
  const chips: [Filter, string, ReactNode][] = [
    ["all", messages.all, null],
    ["new", messages.none, <XurIcon key="i" name="star" extra="i-14" />],
    ["within", messages.within, <Icon key="i" name="circle-check" extra="i-14" />],
  ];
  const offered = chips.filter(([name]) => name === "all" || counts[name] > 0);
  if (offered.length === 1) return <span className="t-13 t-2">{messages.wares(counts.all)}</span>;
  return (
    <div className="row-c wrap xchips" role="group" aria-label={messages.filter}>
      {offered.map(([name, label, icon]) => (
        <button key={name} type="button" className="chip" aria-pressed={name === filter} onClick={() => onFilter(name)}>
          {icon}
          {label} {counts[name]}
        </button>
      ))}
    </div>
  );
}

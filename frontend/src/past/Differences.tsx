import { useMemo, useState } from "react";
import type { Profile } from "../api/types";
import { useNow } from "../freshness/clock";
import { ICONS } from "../ui/icons";
import { Icon, Outline } from "../ui/Icon";
import { DiffRow } from "./DiffRow";
import { PAST_ICONS } from "./icons";
import { messages, PARTS, type Part } from "./messages";
import { grown, linesOf, signed, type Line } from "./parts";
import { storeNames } from "./stores";
import type { Difference } from "./types";
import { when, type StoreName } from "./words";

const ORDER = Object.keys(PARTS) as Part[];
/** How many of each are shown until all are asked for. */
const FEW = 12;

const LOOK: Record<Part, { path: string; tone: string }> = {
  found: { path: ICONS.plus, tone: "t-accent" },
  gone: { path: PAST_ICONS.minus, tone: "t-danger" },
  changed: { path: ICONS.pencil, tone: "t-2" },
  moved: { path: ICONS.transfer, tone: "t-2" },
};

/** What two moments differ in, part by part; pressed, a part is shown alone. */
export function Differences({ difference, profile }: { difference: Difference; profile?: Profile }) {
  const [only, setOnly] = useState<Part>();
  const nameOf = useMemo(() => storeNames(profile), [profile]);
  const { counts } = difference;
  const parts = ORDER.filter((each) => counts[each] && (!only || only === each));
  return (
    <>
      <div className="row-c wrap mb-3 gap-4" role="group" aria-label={messages.part}>
        {ORDER.map((part) => (
          <button
            key={part}
            type="button"
            className="chip"
            aria-pressed={only === part}
            onClick={() => setOnly(only === part ? undefined : part)}
          >
            <Outline path={LOOK[part].path} extra={`i-14 ${LOOK[part].tone}`} />
            {counts[part].toLocaleString("en")} {PARTS[part].toLowerCase()}
          </button>
        ))}
      </div>
      <Notes difference={difference} />
      <div className={`past-parts ${parts.length === 1 ? "one" : ""}`}>
        {parts.map((part) => (
          <PartPanel
            key={part}
            part={part}
            lines={linesOf(difference, part)}
            count={counts[part]}
            nameOf={nameOf}
            all={only === part}
          />
        ))}
        {!only && difference.currencies.length > 0 && <Currencies difference={difference} />}
        {!only && difference.characters.length > 0 && <Guardians difference={difference} />}
      </div>
    </>
  );
}

function Notes({ difference: { gaps, truncated } }: { difference: Difference }) {
  const now = useNow(60);
  const [only] = gaps;
  return (
    <>
      {only && (
        <div className="note info mb-3">
          <Icon name="info-circle" />
          <div className="grow">
            {gaps.length > 1 ? messages.gaps(gaps.length) : messages.gap(when(only.since, now), when(only.until, now))}
          </div>
        </div>
      )}
      {truncated && (
        <div className="note warn mb-3">
          <Icon name="alert-triangle" />
          <div className="grow">{messages.truncated}</div>
        </div>
      )}
    </>
  );
}

interface PartProps {
  part: Part;
  lines: Line[];
  count: number;
  nameOf: StoreName;
  all: boolean;
}

function PartPanel({ part, lines, count, nameOf, all }: PartProps) {
  const [opened, setOpened] = useState(false);
  const shown = all || opened ? lines : lines.slice(0, FEW);
  return (
    <section className="panel" aria-labelledby={`d-${part}`}>
      <div className="panel-h">
        <Outline path={LOOK[part].path} extra={`i-16 ${LOOK[part].tone}`} />
        <h2 id={`d-${part}`}>{PARTS[part]}</h2>
        <span className="t-12 t-2">{count.toLocaleString("en")}</span>
      </div>
      <ul className="past-rows">
        {shown.map((line) => (
          <DiffRow key={line.item.id} line={line} gone={part === "gone"} nameOf={nameOf} />
        ))}
      </ul>
      {!all && lines.length > FEW && (
        <div className="list-more">
          <button type="button" className="btn btn-ghost btn-sm w-100" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {opened ? messages.showFewer : messages.showAll(lines.length)}
          </button>
        </div>
      )}
    </section>
  );
}

function Currencies({ difference: { currencies } }: { difference: Difference }) {
  return (
    <section className="panel" aria-labelledby="d-currencies">
      <div className="panel-h">
        <h2 id="d-currencies">{messages.currencies}</h2>
      </div>
      <ul className="past-rows">
        {currencies.map((each) => (
          <li key={each.hash}>
            <span>
              <img src={each.icon || undefined} alt="" width="32" height="32" loading="lazy" />
              <span className="grow past-name">
                {each.name || messages.unnamed}
                <span className="t-12 t-2 d-block">
                  {each.before.toLocaleString("en")} {messages.into} {each.after.toLocaleString("en")}
                </span>
              </span>
              <span className={`t-b nowrap ${grown(each) < 0 ? "t-danger" : "t-accent"}`}>{signed(grown(each))}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Guardians({ difference: { characters } }: { difference: Difference }) {
  return (
    <section className="panel" aria-labelledby="d-guardians">
      <div className="panel-h">
        <h2 id="d-guardians">{messages.guardians}</h2>
      </div>
      <ul className="past-rows">
        {characters.map((each) => (
          <li key={each.id}>
            <span>
              <Icon name="user" />
              <span className="grow past-name">{each.name}</span>
              <span className="t-13 t-2">{each.created ? messages.created : messages.deleted}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { lazy, Suspense, useId, useState } from "react";
import { nameOf } from "../items/words";
import { Icon } from "../ui/Icon";
import { XurIcon } from "./icons";
import { messages } from "./messages";
import type { Price, Ware } from "./types";
import { isNew, kindOf, perksOf, totalOf } from "./words";

const Details = lazy(() => import("./Details").then((module) => ({ default: module.Details })));

interface Props {
  ware: Ware;
  /** What stands against buying it, unless it was said for all. */
  bars: string[];
  /** Somebody is signed in. */
  mine: boolean;
}

export function WareCard({ ware, bars, mine }: Props) {
  const [open, setOpen] = useState(false);
  const details = useId();
  const facts = ware.facts;
  const tells = !!(ware.perks?.length || ware.stats?.length);
  const total = totalOf(ware);
  const perks = perksOf(ware).join(" · ");
  return (
    <li className={`ware ${open ? "is-open" : ""} ${tells ? "tells" : ""}`}>
      <img src={facts.icon || undefined} alt="" width="52" height="52" loading="lazy" decoding="async" />
      <div className="grow clip">
        <h3>
          {tells ? (
            <button type="button" className="ware-b" aria-expanded={open} aria-controls={details} onClick={() => setOpen(!open)}>
              <span className="clip">{nameOf(facts)}</span>
              <Icon name="chevron-down" extra="i-16" />
            </button>
          ) : (
            <span className="ware-b">
              <span className="clip">{nameOf(facts)}</span>
            </span>
          )}
        </h3>
        <div className="t-12 t-2 clip">
          {facts.tier !== "unknown" && <span className="visually-hidden">{facts.tier} </span>}
          {kindOf(ware)}
        </div>
        {perks && <div className="t-12 t-3 clip">{perks}</div>}
        <div className="row-c wrap ware-f">
          {ware.prices.map((price) => (
            <Cost key={price.hash} price={price} />
          ))}
          {total !== undefined && (
            <span className="t-12 t-2">
              {messages.total} <b className="t-b">{total}</b>
            </span>
          )}
          {ware.gear_tier !== undefined && ware.gear_tier > 0 && (
            <span className="t-12 t-2">{messages.tier(ware.gear_tier)}</span>
          )}
          {ware.quantity !== undefined && ware.quantity > 1 && <span className="t-12 t-2">{messages.pieces(ware.quantity)}</span>}
          <Owned ware={ware} />
        </div>
        <Marks ware={ware} bars={bars} />
      </div>
      <div className="ware-d" id={details} hidden={!open}>
        {open && (
          <Suspense>
            <Details ware={ware} mine={mine} />
          </Suspense>
        )}
      </div>
    </li>
  );
}

function Cost({ price }: { price: Price }) {
  return (
    <span className="price">
      <img src={price.icon || undefined} alt="" width="16" height="16" loading="lazy" />
      {price.quantity.toLocaleString("en")}
      <span className="visually-hidden"> {price.name}</span>
    </span>
  );
}

function Owned({ ware }: { ware: Ware }) {
  if (ware.copies) return <span className="t-12 t-3">{messages.youOwn(ware.copies)}</span>;
  if (ware.collected) return <span className="t-12 t-3">{messages.collected}</span>;
  return null;
}

/** What speaks for it, and what stands against buying it; each by a glyph and in words. */
function Marks({ ware, bars }: { ware: Ware; bars: string[] }) {
  const unknown = ware.roll === "unknown";
  if (!isNew(ware) && !bars.length && !unknown) return null;
  return (
    <div className="marks">
      {isNew(ware) && (
        <span className="mk mk-new">
          <XurIcon name="star" extra="i-14" />
          {messages.none}
        </span>
      )}
      {unknown && (
        <span className="mk mk-plain">
          <Icon name="help-circle" extra="i-14" />
          {messages.rollUnknown}
        </span>
      )}
      {bars.map((bar) => (
        <span className="mk mk-bar" key={bar}>
          <Icon name="alert-circle" extra="i-14" />
          {bar}
        </span>
      ))}
    </div>
  );
}

import { useState } from "react";
import { Link } from "react-router";
import { useNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import type { Visit } from "./types";
import { weekendOf } from "./words";

const FEW = 6;

/** The visits that our record has, newest first. `shown`: the one whose wares are on the page. */
export function Visits({ visits, title, shown }: { visits: Visit[]; title: string; shown?: string }) {
  const now = useNow(3600);
  const [all, setAll] = useState(false);
  const some = all ? visits : visits.slice(0, FEW);
  return (
    <section className="panel" aria-labelledby="xur-visits">
      <div className="panel-h">
        <h2 id="xur-visits" className="grow">
          {title}
        </h2>
        {visits.length > 0 && <span className="t-12 t-3">{messages.onRecord(visits.length)}</span>}
      </div>
      {visits.length === 0 && <p className="panel-b t-13 t-2 mb-0">{messages.noVisits}</p>}
      {visits.length > 0 && (
        <ul className="visits">
          {some.map((visit) => (
            <li key={visit.weekend}>
              <Link to={`/xur/${visit.weekend}`} aria-current={visit.weekend === shown ? "page" : undefined}>
                <span className="grow">{weekendOf(visit.weekend, now)}</span>
                <span className="t-12 t-2">{messages.wares(visit.wares)}</span>
                <Icon name="chevron-right" extra="i-16 t-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {some.length < visits.length && (
        <div className="visits-more">
          <button type="button" className="btn btn-ghost btn-sm w-100" onClick={() => setAll(true)}>
            {messages.showAll(visits.length)}
          </button>
        </div>
      )}
    </section>
  );
}

/** /ledgers: what comes in and goes out; /ledgers/:id: one ledger through a year. A phone has the list, or one of them. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link, useMatch } from "react-router";
import { ledgersQuery } from "../ledger/asking";
import { messages } from "../ledger/messages";
import { Shelf } from "../ledger/Shelf";
import { Unknown } from "../ledger/Unknown";
import "../styles/ledger.scss";
import { Icon } from "../ui/Icon";
import { usePhone } from "../ui/usePhone";

/** Charts come with the first ledger that is looked at: the list needs none. */
const Detail = lazy(() => import("../ledger/Detail").then((module) => ({ default: module.Detail })));

export default function LedgersPage() {
  const asked = useMatch("/ledgers/:id")?.params.id;
  const { data: ledgers } = useQuery(ledgersQuery);
  const phone = usePhone();
  const wide = !phone && asked === undefined ? ledgers?.[0] : undefined;
  const ledger = asked === undefined ? wide : ledgers?.find((each) => String(each.id) === asked);
  return (
    <div className={`page lpage ${asked === undefined ? "" : "is-one"}`}>
      <div className="page-h">
        <div>
          <Link className="lback" to={phone && asked !== undefined ? "/ledgers" : "/timeline"}>
            <Icon name="chevron-left" extra="i-16" />
            {phone && asked !== undefined ? messages.all : messages.timeline}
          </Link>
          <h1>{messages.title}</h1>
          {!(phone && asked !== undefined) && <p>{messages.lead}</p>}
        </div>
      </div>
      <div className="lgrid">
        {(!phone || asked === undefined) && <Shelf shown={ledger?.id} />}
        {ledger && (
          <Suspense fallback={<div className="lwait" role="status" aria-label={messages.reading} />}>
            <Detail key={ledger.id} ledger={ledger} />
          </Suspense>
        )}
        {!ledger && asked !== undefined && ledgers && <Unknown />}
      </div>
    </div>
  );
}

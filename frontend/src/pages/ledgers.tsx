/** /ledgers: what comes in and goes out; /ledgers/:id: one ledger through a year. A phone has the list, or one of them. */

import { useQuery } from "@tanstack/react-query";
import { Link, useMatch } from "react-router";
import { ledgersQuery } from "../ledger/asking";
import { Detail, Unknown } from "../ledger/Detail";
import { messages } from "../ledger/messages";
import { Shelf } from "../ledger/Shelf";
import "../styles/ledger.scss";
import { Icon } from "../ui/Icon";
import { usePhone } from "../ui/usePhone";

export default function LedgersPage() {
  const asked = useMatch("/ledgers/:id")?.params.id;
  const { data: ledgers } = useQuery(ledgersQuery);
  const phone = usePhone();
  const wide = !phone && asked === undefined ? ledgers?.[0] : undefined;
  const ledger = asked === undefined ? wide : ledgers?.find((each) => String(each.id) === asked);
  return (
    <div className="page">
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
        {ledger && <Detail key={ledger.id} ledger={ledger} />}
        {!ledger && asked !== undefined && ledgers && <Unknown />}
      </div>
    </div>
  );
}

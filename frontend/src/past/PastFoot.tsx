import { Link } from "react-router";
import { useNow } from "../freshness/clock";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { whenSaid } from "./words";

/** In the place of all that could be done with an item: it is looked at as it was. */
export function PastFoot({ id, at }: { id: string; at: string }) {
  const now = useNow(60);
  return (
    <section className="sheet-foot past-foot" aria-label={messages.footTitle(whenSaid(at, now))}>
      <Icon name="history" />
      <div className="grow">
        <b>{messages.footTitle(whenSaid(at, now))}</b>
        <span className="t-13 t-2 d-block">{messages.footWhy}</span>
      </div>
      <Link className="btn btn-quiet" to={`/vault/items/${encodeURIComponent(id)}`}>
        {messages.seeNow}
      </Link>
    </section>
  );
}

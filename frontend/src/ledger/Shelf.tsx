import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useState, type ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { Icon, Outline } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { Waiting } from "../ui/Waiting";
import { ledgersQuery, openLedger } from "./asking";
import { LEDGER_ICONS } from "./icons";
import { messages } from "./messages";
import { NameForm } from "./NameForm";
import type { Ledger } from "./wire";
import { amountOf } from "./words";

/** Every ledger with its balance, the game's and one's own, and a new one. `shown`: the one that stands beside it. */
export function Shelf({ shown }: { shown?: number }) {
  const { data, error, refetch } = useQuery(ledgersQuery);
  const [opening, setOpening] = useState(false);
  if (!data && error) return <Trouble heading="h3" title={messages.failed} error={error} onRetry={() => void refetch()} />;
  const own = data?.filter((each) => each.kind === "own") ?? [];
  return (
    <div className="stack">
      <Group
        title={messages.currencies}
        ledgers={data?.filter((each) => each.kind === "currency")}
        shown={shown}
        empty={messages.noCurrencies}
      />
      <Group
        title={messages.own}
        ledgers={data && own}
        shown={shown}
        empty={opening ? "" : messages.noOwn}
        action={
          <button type="button" className="btn btn-quiet btn-sm" aria-expanded={opening} onClick={() => setOpening(!opening)}>
            <Icon name="plus" extra="i-16" />
            {messages.open}
          </button>
        }
      >
        {opening && <New onDone={() => setOpening(false)} />}
      </Group>
    </div>
  );
}

interface GroupProps {
  title: string;
  ledgers?: Ledger[];
  shown?: number;
  empty: string;
  action?: ReactNode;
  children?: ReactNode;
}

function Group({ title, ledgers, shown, empty, action, children }: GroupProps) {
  const heading = useId();
  return (
    <section className="panel" aria-labelledby={heading}>
      <div className="panel-h">
        <h2 id={heading} className="grow">
          {title}
        </h2>
        {action}
      </div>
      {!ledgers && <Waiting className="panel-b stack-2" label={messages.reading} widths={[70, 55, 80]} />}
      {ledgers?.length === 0 && empty && <p className="panel-b t-13 t-2 mb-0">{empty}</p>}
      {ledgers && ledgers.length > 0 && (
        <ul className="lshelf">
          {ledgers.map((each) => (
            <li key={each.id}>
              <Link to={`/ledgers/${each.id}`} aria-current={each.id === shown ? "page" : undefined}>
                <Picture ledger={each} />
                <span className="grow lname">{each.name}</span>
                <span className="lsum">
                  {amountOf(each.balance)}
                  {each.kind === "own" && each.unit && <span className="t-12 t-3"> {each.unit}</span>}
                </span>
                <Icon name="chevron-right" extra="i-16 t-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {children}
    </section>
  );
}

/** The currency as the game shows it; a book for what is one's own. */
export function Picture({ ledger, size = 28 }: { ledger: Pick<Ledger, "icon" | "kind">; size?: number }) {
  if (ledger.icon) return <img className="lpic" src={ledger.icon} alt="" width={size} height={size} />;
  return (
    <span className="lpic" style={{ width: size, height: size }} aria-hidden="true">
      <Outline path={ledger.kind === "own" ? LEDGER_ICONS.book : LEDGER_ICONS.coin} extra={size > 28 ? "" : "i-16"} />
    </span>
  );
}

function New({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const opening = useMutation({
    mutationFn: openLedger,
    onSuccess: async (ledger) => {
      await client.invalidateQueries(ledgersQuery);
      onDone();
      void navigate(`/ledgers/${ledger.id}`);
    },
  });
  return (
    <div className="panel-b lnew">
      <p className="t-13 t-2">{messages.openWhy}</p>
      <NameForm
        does={messages.openIt}
        busy={opening.isPending}
        error={opening.error}
        onSave={({ name, unit }) => opening.mutate({ name, ...(unit && { unit }) })}
        onCancel={onDone}
      />
    </div>
  );
}

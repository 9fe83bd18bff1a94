import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { inFull } from "../freshness/words";
import { Icon } from "../ui/Icon";
import { ListEnd } from "../ui/ListEnd";
import { Mid } from "../ui/Mid";
import { Trouble } from "../ui/Trouble";
import { usePhone } from "../ui/usePhone";
import { addEntry, changeEntry, entriesQuery, refresh, removeEntry } from "./asking";
import { EntryForm } from "./EntryForm";
import { messages } from "./messages";
import type { Entry, GivenEntry, Ledger } from "./wire";
import { amountOf, signed, whenOf } from "./words";

interface Props {
  ledger: Ledger;
  year: number;
  /** At the right of its title. */
  actions?: ReactNode;
  adding: boolean;
  onAdded: () => void;
}

/** The entries of a year, newest first. Those of one's own ledgers can be added, changed and deleted. */
export function Entries({ ledger, year, actions, adding, onAdded }: Props) {
  const { data, error, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    entriesQuery(ledger.id, year),
  );
  const [changed, change] = useState<string>();
  const phone = usePhone();
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const own = ledger.kind === "own";
  const part = { ledger, own, changed, onChange: change };
  return (
    <section className="panel" aria-labelledby="l-entries">
      <div className="panel-h lentries-h">
        <h2 id="l-entries" className="grow">
          {messages.entries}
        </h2>
        {actions}
      </div>
      {adding && <Adding ledger={ledger} onDone={onAdded} />}
      {entries.length > 0 && (
        <div className={isPlaceholderData ? "lstale" : undefined} aria-busy={isPlaceholderData}>
          {phone ? <List entries={entries} {...part} /> : <Table entries={entries} {...part} />}
        </div>
      )}
      {error ? (
        <Trouble heading="h3" title={messages.entriesFailed} error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <div className="lwait" role="status" aria-label={messages.reading} />
      ) : entries.length === 0 ? (
        <Mid icon="history" heading="h3" title={messages.none(year)}>
          <p>{own ? messages.noneOwn : messages.noneCurrency}</p>
        </Mid>
      ) : (
        <ListEnd
          has={hasNextPage}
          busy={isFetchingNextPage}
          onMore={() => void (isFetchingNextPage || fetchNextPage())}
          more={messages.more}
          end={messages.end}
        />
      )}
    </section>
  );
}

interface PartProps {
  entries: Entry[];
  ledger: Ledger;
  own: boolean;
  changed?: string;
  onChange: (id?: string) => void;
}

function Table({ entries, ledger, own, changed, onChange }: PartProps) {
  return (
    <table className="ltable">
      <thead>
        <tr>
          <th scope="col" className={own ? undefined : "c-wide"}>
            {messages.at}
          </th>
          {own && (
            <>
              <th scope="col" className="c-wide">
                {messages.note}
              </th>
              <th scope="col">{messages.source}</th>
            </>
          )}
          <th scope="col" className="num">
            {messages.amount}
          </th>
          <th scope="col" className="num">
            {messages.after}
          </th>
          {own && (
            <th scope="col">
              <span className="visually-hidden">{messages.actions}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {entries.map((each) =>
          each.id === changed ? (
            <tr key={each.id}>
              <td colSpan={6} className="lopen">
                <Changing ledger={ledger} entry={each} onDone={() => onChange()} />
              </td>
            </tr>
          ) : (
            <tr key={each.id}>
              <td className="c-when">
                <When entry={each} />
              </td>
              {own && (
                <>
                  <td className="c-note">{each.note}</td>
                  <td>
                    <span className="chip">{messages.sources[each.source]}</span>
                  </td>
                </>
              )}
              <td className="num">
                <Amount amount={each.amount} />
              </td>
              <td className="num t-2">{amountOf(each.balance)}</td>
              {own && (
                <td className="c-act">
                  <Pen entry={each} onChange={onChange} />
                </td>
              )}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function List({ entries, ledger, own, changed, onChange }: PartProps) {
  return (
    <ol className="llist">
      {entries.map((each) =>
        each.id === changed ? (
          <li key={each.id} className="lopen">
            <Changing ledger={ledger} entry={each} onDone={() => onChange()} />
          </li>
        ) : (
          <li key={each.id}>
            <div className="grow">
              <When entry={each} />
              {each.note && <div className="t-13 lname">{each.note}</div>}
            </div>
            <div className="lsums">
              <Amount amount={each.amount} />
              <div className="t-12 t-2">{amountOf(each.balance)}</div>
            </div>
            {own && <Pen entry={each} onChange={onChange} />}
          </li>
        ),
      )}
    </ol>
  );
}

function When({ entry }: { entry: Entry }) {
  return (
    <time className="t-13 t-2" dateTime={entry.at} title={inFull(Date.parse(entry.at))}>
      {whenOf(entry)}
    </time>
  );
}

/** What came in stands out; what went out is a plain number. The sign says the same. */
function Amount({ amount }: { amount: number }) {
  return <b className={amount > 0 ? "lamt t-accent" : "lamt"}>{signed(amount)}</b>;
}

function Pen({ entry, onChange }: { entry: Entry; onChange: (id: string) => void }) {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm btn-icon"
      aria-label={messages.changeEntry(signed(entry.amount), whenOf(entry))}
      onClick={() => onChange(entry.id)}
    >
      <Icon name="pencil" extra="i-16" />
    </button>
  );
}

function Adding({ ledger, onDone }: { ledger: Ledger; onDone: () => void }) {
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: (given: GivenEntry) => addEntry(ledger.id, given),
    onSuccess: () => refresh(client, ledger.id),
  });
  const save = (given: GivenEntry) => adding.mutateAsync(given).then(
    () => true,
    () => false,
  ); // prettier-ignore
  return (
    <div className="panel-b lnew lnew-top">
      <h3 className="h4 mb-3">{messages.addTitle}</h3>
      <EntryForm ledger={ledger} busy={adding.isPending} error={adding.error} onSave={save} onCancel={onDone}>
        <span className="t-13 t-2" role="status">
          {adding.isSuccess && messages.added(signed(adding.variables.amount))}
        </span>
      </EntryForm>
    </div>
  );
}

function Changing({ ledger, entry, onDone }: { ledger: Ledger; entry: Entry; onDone: () => void }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const after = { onSuccess: () => refresh(client, ledger.id) };
  const saving = useMutation({ mutationFn: (given: GivenEntry) => changeEntry(ledger.id, entry.id, given), ...after });
  const removing = useMutation({ mutationFn: () => removeEntry(ledger.id, entry.id), ...after });
  const ended = (work: Promise<unknown>) => work.then(
    () => (onDone(), true),
    () => false,
  ); // prettier-ignore
  return (
    <EntryForm
      ledger={ledger}
      entry={entry}
      busy={saving.isPending || removing.isPending}
      error={saving.error ?? removing.error}
      onSave={(given) => ended(saving.mutateAsync(given))}
      onCancel={onDone}
    >
      <button
        key={String(asked)}
        type="button"
        className={`btn push ${asked ? "btn-danger" : "btn-ghost t-danger"}`}
        autoFocus={asked}
        aria-disabled={removing.isPending}
        onClick={() => (asked ? removing.isPending || void ended(removing.mutateAsync()) : setAsked(true))}
      >
        {asked ? messages.removeSure : messages.removeEntry}
      </button>
    </EntryForm>
  );
}

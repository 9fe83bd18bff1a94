import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { ChartCard } from "../charts/ChartCard";
import { chartQuery } from "../charts/asking";
import { serverNow } from "../freshness/clock";
import { Icon, Outline } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { bookAddress, changeLedger, closeLedger, exportOf, ledgersQuery, refresh } from "./asking";
import { BALANCE } from "./balance";
import { Entries } from "./Entries";
import { FLOWS } from "./flow";
import { LEDGER_ICONS } from "./icons";
import { Import } from "./Import";
import { messages } from "./messages";
import { NameForm } from "./NameForm";
import { Picture } from "./Shelf";
import type { Book, Ledger } from "./wire";
import { amountOf, type Step } from "./words";
import { YearSwitch } from "./YearSwitch";

const STEPS: Step[] = ["quarters", "months", "weeks"];
const YEAR = "year";
const BY = "by";

/** One ledger through one year: two charts and the entries. Each asks for itself and fails alone. */
export function Detail({ ledger }: { ledger: Ledger }) {
  const { year, step, show } = useShown();
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const flow = bookAddress(ledger.id, year, "flow");
  const own = ledger.kind === "own";
  return (
    <div className="stack">
      <Head ledger={ledger} />
      <div className="lview">
        <Segments
          label={messages.by}
          value={step}
          choices={STEPS.map((value) => ({ value, label: messages.steps[value] }))}
          onChoose={(by) => show({ by })}
        />
        <Years address={flow} year={year} onYear={(to) => show({ year: to })} />
      </div>
      <div className="lcharts">
        <ChartCard id="ledger-flow" face={FLOWS[step]} address={flow} />
        <ChartCard
          id="ledger-balance"
          face={BALANCE}
          address={bookAddress(ledger.id, year, "balance")}
          csv={exportOf(ledger.id, year)}
        />
      </div>
      <Entries
        ledger={ledger}
        year={year}
        adding={adding}
        onAdded={() => setAdding(false)}
        actions={
          <>
            {own && (
              <>
                <button type="button" className="btn btn-quiet btn-sm" aria-expanded={adding} onClick={() => setAdding(!adding)}>
                  <Icon name="plus" extra="i-16" />
                  {messages.add}
                </button>
                <button type="button" className="btn btn-ghost btn-sm" onClick={() => setImporting(true)}>
                  <Outline path={LEDGER_ICONS.upload} extra="i-16" />
                  {messages.import}
                </button>
              </>
            )}
            <a className="btn btn-ghost btn-sm" href={exportOf(ledger.id)} download>
              <Outline path={LEDGER_ICONS.download} extra="i-16" />
              {messages.export}
            </a>
          </>
        }
      />
      {!own && <p className="t-12 t-3 mb-0">{messages.fromHistory}</p>}
      {importing && <Import ledger={ledger} onClose={() => setImporting(false)} />}
    </div>
  );
}

/** Which year, and in which steps: it stands in the address, so that a link shows the same. */
function useShown() {
  const [asked, ask] = useSearchParams();
  const wanted = Number(asked.get(YEAR));
  const year = Number.isInteger(wanted) && wanted >= 1 && wanted <= 9999 ? wanted : new Date(serverNow()).getUTCFullYear();
  const step = STEPS.find((each) => each === asked.get(BY)) ?? "quarters";
  const show = (change: { year?: number; by?: Step }) =>
    ask(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(change)) next.set(name, String(value));
        return next;
      },
      { replace: true },
    );
  return { year, step, show };
}

/** The years are the first chart's to say; nothing here asks for them a second time. */
function Years({ address, year, onYear }: { address: string; year: number; onYear: (year: number) => void }) {
  const { data: years = [] } = useQuery({ ...chartQuery<Book>(address), select: ({ data }) => data.years });
  return <YearSwitch year={year} years={years} onYear={onYear} />;
}

function Head({ ledger }: { ledger: Ledger }) {
  const [open, setOpen] = useState<"name" | "close">();
  const client = useQueryClient();
  const renaming = useMutation({
    mutationFn: (given: { name: string; unit: string }) => changeLedger(ledger.id, given),
    onSuccess: async () => {
      await refresh(client, ledger.id);
      setOpen(undefined);
    },
  });
  return (
    <section className="panel" aria-labelledby="l-name">
      <div className="lhead">
        <Picture ledger={ledger} size={44} />
        <div className="grow">
          <h2 id="l-name" className="lname">
            {ledger.name}
          </h2>
          <span className="t-2">
            {messages.now(`${amountOf(ledger.balance)} ${ledger.kind === "own" ? ledger.unit : ""}`.trim())}
          </span>
        </div>
        {ledger.kind === "own" && (
          <div className="row-c wrap">
            <button
              type="button"
              className="btn btn-ghost btn-sm"
              aria-expanded={open === "name"}
              onClick={() => setOpen(open === "name" ? undefined : "name")}
            >
              <Icon name="pencil" extra="i-16" />
              {messages.change}
            </button>
            <button
              type="button"
              className="btn btn-ghost btn-sm"
              aria-expanded={open === "close"}
              onClick={() => setOpen(open === "close" ? undefined : "close")}
            >
              <Icon name="trash" extra="i-16" />
              {messages.close}
            </button>
          </div>
        )}
      </div>
      {open === "name" && (
        <div className="panel-b lnew">
          <NameForm
            name={ledger.name}
            unit={ledger.unit}
            does={messages.save}
            busy={renaming.isPending}
            error={renaming.error}
            onSave={(given) => renaming.mutate(given)}
            onCancel={() => setOpen(undefined)}
          />
        </div>
      )}
      {open === "close" && <Close ledger={ledger} onCancel={() => setOpen(undefined)} />}
    </section>
  );
}

/** Confirmed by a button that names what goes. */
function Close({ ledger, onCancel }: { ledger: Ledger; onCancel: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const closing = useMutation({
    mutationFn: () => closeLedger(ledger.id),
    onSuccess: async () => {
      void navigate("/ledgers", { replace: true });
      await client.invalidateQueries(ledgersQuery);
      client.removeQueries({ queryKey: ["ledger", ledger.id] });
    },
  });
  return (
    <div className="panel-b lnew">
      <p className="t-13 t-2 lname">{messages.closeWhy(ledger.name, amountOf(ledger.balance))}</p>
      <div className="row-c wrap">
        <button
          type="button"
          className="btn btn-danger"
          autoFocus
          aria-disabled={closing.isPending}
          onClick={() => closing.isPending || closing.mutate()}
        >
          <span className="clip">{messages.closeSure(ledger.name)}</span>
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
      </div>
      {closing.error && (
        <p className="t-13 t-danger mt-2 mb-0" role="alert">
          {closing.error.message}
        </p>
      )}
    </div>
  );
}

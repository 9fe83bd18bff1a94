import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { Problem, sentenceOf } from "../api/client";
import { serverNow } from "../freshness/clock";
import { Segments } from "../ui/Segments";
import { Field } from "./Field";
import { messages } from "./messages";
import type { Entry, GivenEntry, Ledger } from "./wire";
import { amountOf, asField, asMoment, typedAmount } from "./words";

interface Props {
  ledger: Ledger;
  /** The one that is changed; absent for a new one. */
  entry?: Entry;
  busy: boolean;
  error: Error | null;
  /** Answers whether it was taken. */
  onSave: (given: GivenEntry) => Promise<boolean>;
  onCancel: () => void;
  /** Beside the buttons. */
  children?: ReactNode;
}

const LONGEST_NOTE = 200;

/** One amount, when it came or went, and why. */
export function EntryForm({ ledger, entry, busy, error, onSave, onCancel, children }: Props) {
  const [way, setWay] = useState<"in" | "out">(entry && entry.amount < 0 ? "out" : "in");
  const [amount, setAmount] = useState(entry ? amountOf(Math.abs(entry.amount)) : "");
  const [at, setAt] = useState(() => asField(entry ? Date.parse(entry.at) : serverNow()));
  const [note, setNote] = useState(entry?.note ?? "");
  const [tried, setTried] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const field = error instanceof Problem ? error.field : undefined;
  const said = (which: string) => (error && field === which ? sentenceOf(error) : undefined);
  const number = typedAmount(amount);
  const wrongAmount = tried && !(number > 0) ? messages.wrongAmount : said("amount");
  const wrongWhen = tried && !asMoment(at) ? messages.wrongWhen : said("at");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || !(number > 0) || !asMoment(at)) return;
    // The field goes to the minute: a time that was not touched keeps its seconds.
    const same = entry && at === asField(Date.parse(entry.at));
    const given = {
      at: same ? entry.at : asMoment(at),
      amount: way === "in" ? number : -number,
      ...((note.trim() || entry) && { note: note.trim() }),
    };
    if (!(await onSave(given)) || entry) return;
    // The next one is usually of the same day.
    setTried(false);
    setAmount("");
    setNote("");
    first.current?.focus();
  };

  return (
    <form className="lform" noValidate onSubmit={(event) => void submit(event)}>
      <div className="lamount">
        <Segments
          label={messages.direction}
          value={way}
          choices={[
            { value: "in", label: messages.in },
            { value: "out", label: messages.out },
          ]}
          onChoose={setWay}
        />
        <Field label={ledger.unit ? `${messages.amount} (${ledger.unit})` : messages.amount} error={wrongAmount}>
          {(field) => (
            <input
              {...field}
              ref={first}
              className="form-control"
              inputMode="numeric"
              autoComplete="off"
              autoFocus
              maxLength={24}
              value={amount}
              onChange={(event) => setAmount(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Field label={messages.at} error={wrongWhen}>
        {(field) => (
          <input
            {...field}
            className="form-control"
            type="datetime-local"
            value={at}
            onChange={(event) => setAt(event.target.value)}
          />
        )}
      </Field>
      <div className="lform-w">
        <Field label={messages.note} error={said("note")} optional>
          {(field) => (
            <input
              {...field}
              className="form-control"
              autoComplete="off"
              maxLength={LONGEST_NOTE}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
      {error && !["amount", "at", "note"].includes(field ?? "") && (
        <p className="t-13 t-danger mb-0 lform-w" role="alert">
          {sentenceOf(error)}
        </p>
      )}
      <div className="row-c wrap lform-w">
        <button type="submit" className="btn btn-primary" aria-disabled={busy}>
          {entry ? messages.save : messages.addIt}
        </button>
        <button type="button" className="btn btn-ghost" onClick={onCancel}>
          {messages.cancel}
        </button>
        {children}
      </div>
    </form>
  );
}

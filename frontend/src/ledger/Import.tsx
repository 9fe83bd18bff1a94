import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { sentenceOf } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { Icon, Outline } from "../ui/Icon";
import { importEntries, refresh } from "./asking";
import { LEDGER_ICONS } from "./icons";
import { messages } from "./messages";
import type { Imported, Ledger } from "./wire";

const SHOWN_ERRORS = 20;

/** A file is looked through first: what would be added, what is there already, which lines are wrong. Then it is imported. */
export function Import({ ledger, onClose }: { ledger: Ledger; onClose: () => void }) {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const checking = useMutation({ mutationFn: (file: File) => importEntries(ledger.id, file, true) });
  const importing = useMutation({
    mutationFn: (file: File) => importEntries(ledger.id, file, false),
    onSuccess: () => refresh(client, ledger.id),
  });
  const file = checking.variables;
  const done = importing.data && importing.data.errors.length === 0 ? importing.data : undefined;
  const found = importing.data ?? checking.data;
  const problem = checking.error ?? importing.error;
  const choose = (files: FileList | null) => {
    const chosen = files?.[0];
    if (!chosen) return;
    importing.reset();
    checking.mutate(chosen);
    // The same file, corrected, is chosen again: that has to be a change.
    field.current!.value = "";
  };
  return (
    <Dialog title={messages.importTitle(ledger.name)} close={messages.importClose} onClose={onClose}>
      <div className="panel-b stack">
        <p className="t-13 t-2 mb-0">{messages.importWhy}</p>
        <pre className="lexample mono">{messages.importExample}</pre>
        <div className="row-c wrap">
          <input
            ref={field}
            className="visually-hidden"
            type="file"
            accept=".csv,text/csv,text/plain"
            tabIndex={-1}
            aria-hidden="true"
            onChange={(event) => choose(event.target.files)}
          />
          <button type="button" className={`btn ${found ? "btn-quiet" : "btn-primary"}`} onClick={() => field.current?.click()}>
            <Outline path={LEDGER_ICONS.upload} extra="i-16" />
            {file ? messages.other : messages.choose}
          </button>
          {file && <span className="t-13 lname">{file.name}</span>}
        </div>
        <div className="stack" role="status">
          {checking.isPending && (
            <p className="t-13 t-2 mb-0">
              <Icon name="loader-2" extra="i-16 spin" /> {messages.checking}
            </p>
          )}
          {problem && <p className="t-13 t-danger mb-0">{sentenceOf(problem)}</p>}
          {!problem && !checking.isPending && found && <Found found={found} done={Boolean(done)} />}
        </div>
        {!problem && !checking.isPending && found && found.errors.length > 0 && <Wrong errors={found.errors} />}
        {!problem && checking.data && !done && found && found.errors.length === 0 && found.added > 0 && (
          <div>
            <button
              type="button"
              className="btn btn-primary"
              aria-disabled={importing.isPending}
              onClick={() => importing.isPending || importing.mutate(file!)}
            >
              {importing.isPending && <Icon name="loader-2" extra="i-16 spin" />}
              {messages.importIt(found.added)}
            </button>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Found({ found, done }: { found: Imported; done: boolean }) {
  const { added, skipped, errors } = found;
  if (errors.length > 0) {
    return (
      <div className="note bad">
        <Icon name="alert-triangle" />
        <div className="grow">
          <b>{messages.wrongLines(errors.length)}</b>
          <p className="t-2">{messages.wrongWhy}</p>
        </div>
      </div>
    );
  }
  const title = done ? messages.imported(added) : added ? messages.toAdd(added) : messages.nothingNew;
  return (
    <div className={`note ${done ? "ok" : "info"}`}>
      <Icon name={done ? "circle-check" : "info-circle"} />
      <div className="grow">
        <b>{title}</b>
        {skipped > 0 && added > 0 && <p className="t-2">{messages.already(skipped)}</p>}
      </div>
    </div>
  );
}

/** Beside the words that are read aloud at once: whoever listens goes through them at their own pace. */
function Wrong({ errors }: { errors: Imported["errors"] }) {
  return (
    <div>
      <ul className="lerrors">
        {errors.slice(0, SHOWN_ERRORS).map((each, index) => (
          <li key={index}>
            <b>{messages.line(each.line)}</b> <span>{each.sentence}</span>
          </li>
        ))}
      </ul>
      {errors.length > SHOWN_ERRORS && <p className="t-13 t-2 mb-0">{messages.moreWrong(errors.length - SHOWN_ERRORS)}</p>}
    </div>
  );
}

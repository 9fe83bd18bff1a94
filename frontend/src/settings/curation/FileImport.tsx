import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { sentenceOf } from "../../api/client";
import { readAgain } from "../../curation/again";
import { unsay, wordsQuery } from "../../curation/asking";
import { Icon } from "../../ui/Icon";
import { importFile, type Imported } from "./asking";
import { messages } from "./messages";
import { besides, newOf } from "./words";

const SHOWN_ERRORS = 20;

/** A file is looked through first: what would come, what cannot be read. Then it is imported, and can be undone. */
export function FileImport() {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [file, setFile] = useState<File>();
  const refresh = () =>
    Promise.all([client.invalidateQueries(wordsQuery), client.invalidateQueries({ queryKey: ["searches"] }), readAgain(client)]);
  const checking = useMutation({ mutationFn: (chosen: File) => importFile(chosen, true) });
  const importing = useMutation({ mutationFn: (chosen: File) => importFile(chosen, false), onSuccess: refresh });
  const undoing = useMutation({ mutationFn: unsay, onSuccess: refresh });
  const choose = (chosen: File | undefined) => {
    checking.reset();
    importing.reset();
    undoing.reset();
    setFile(chosen);
    if (chosen) checking.mutate(chosen);
    else button.current?.focus();
    // The same file, corrected, is chosen again: that has to be a change.
    field.current!.value = "";
  };
  const done = importing.data;
  const found = done ?? checking.data;
  const problem = checking.error ?? importing.error ?? undoing.error;
  const some = found !== undefined && newOf(found).length > 0;
  return (
    <section aria-labelledby="c-in">
      <h3 id="c-in" className="sec">
        {messages.importTitle}
      </h3>
      <p className="t-13 t-2">{messages.importWhy}</p>
      <div className="row-c wrap">
        <input
          ref={field}
          className="visually-hidden"
          type="file"
          accept=".json,.csv,application/json,text/csv"
          tabIndex={-1}
          aria-label={messages.file}
          onChange={(event) => choose(event.target.files?.[0])}
        />
        <button ref={button} type="button" className="btn btn-quiet" onClick={() => field.current?.click()}>
          {file ? messages.other : messages.choose}
        </button>
        {file && <span className="t-13 cname">{file.name}</span>}
      </div>
      <div role="status">
        {checking.isPending && (
          <p className="t-13 t-2 mt-2 mb-0">
            <Icon name="loader-2" extra="i-16 spin" /> {messages.checking}
          </p>
        )}
        {problem && <p className="t-13 t-danger mt-2 mb-0">{sentenceOf(problem)}</p>}
        {found && file && <Found found={found} done={done !== undefined} name={file.name} />}
        {undoing.data && <p className="t-13 t-2 mt-2 mb-0">{messages.undone(undoing.data.changed)}</p>}
      </div>
      {found && found.errors.length > 0 && <Wrong errors={found.errors} />}
      {file && checking.data && !done && some && (
        <div className="row-c wrap mt-3">
          <button
            type="button"
            className="btn btn-primary"
            aria-disabled={importing.isPending}
            onClick={() => importing.isPending || importing.mutate(file)}
          >
            {importing.isPending && <Icon name="loader-2" extra="i-16 spin" />}
            {importing.isPending ? messages.importing : messages.importIt}
          </button>
          <button type="button" className="btn btn-ghost" onClick={() => choose(undefined)}>
            {messages.cancel}
          </button>
        </div>
      )}
      {done !== undefined && done.change > 0 && !undoing.data && (
        <button
          type="button"
          className="btn btn-ghost mt-2"
          aria-disabled={undoing.isPending}
          onClick={() => undoing.isPending || undoing.mutate(done.change)}
        >
          {messages.undo}
        </button>
      )}
    </section>
  );
}

function Found({ found, done, name }: { found: Imported; done: boolean; name: string }) {
  const lines = newOf(found);
  const useless = lines.length === 0 && found.errors.length > 0;
  return (
    <div className={`note ${done ? "ok" : useless ? "bad" : "info"} mt-3 mb-0`}>
      <Icon name={done ? "circle-check" : useless ? "alert-triangle" : "info-circle"} />
      <div className="grow cname">
        <b>{useless ? messages.unusable : lines.length === 0 ? messages.nothing : done ? messages.came : messages.would(name)}</b>
        {lines.length > 0 && (
          <ul className="cfound">
            {lines.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        )}
        {besides(found).map((each) => (
          <p key={each} className="t-2">
            {each}
          </p>
        ))}
      </div>
    </div>
  );
}

/** Beside the words that are read aloud at once: whoever listens goes through them at their own pace. */
function Wrong({ errors }: { errors: Imported["errors"] }) {
  return (
    <div className="mt-3">
      <h4 className="t-13 t-b mb-1">{messages.wrong(errors.length)}</h4>
      <ul className="cwrong">
        {errors.slice(0, SHOWN_ERRORS).map((each, index) => (
          <li key={index}>
            <b>{each.where}</b> <span>{each.sentence}</span>
          </li>
        ))}
      </ul>
      {errors.length > SHOWN_ERRORS && <p className="t-13 t-2 mb-0">{messages.moreWrong(errors.length - SHOWN_ERRORS)}</p>}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import { forget, keep, keptQuery, refreshKept } from "./asking";
import { messages } from "./messages";

const LONGEST_NAME = 60;

/** Gives the search of the field a name and keeps it; of one that is kept already, changes the name or forgets it. */
export function SaveForm({ query, onClose }: { query: string; onClose: () => void }) {
  const client = useQueryClient();
  const kept = useKept(query);
  const [name, setName] = useState(kept?.name ?? "");
  const field = useRef<HTMLInputElement>(null);
  const label = useId();
  useEffect(() => field.current?.focus(), []);
  const done = {
    onSuccess: () => {
      void refreshKept(client);
      onClose();
    },
  };
  const saving = useMutation({ mutationFn: () => keep({ query, name: name.trim(), saved: true }), ...done });
  const forgetting = useMutation({ mutationFn: () => forget(query), ...done });
  const busy = saving.isPending || forgetting.isPending;
  const problem = saving.error ?? forgetting.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) saving.mutate();
  };
  return (
    <form
      className="ac menu ac-save"
      noValidate
      aria-label={kept ? messages.renameTitle : messages.saveTitle}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <p className="mono t-13 ac-q">{query}</p>
      <label className="form-label t-13" htmlFor={label}>
        {messages.name}
      </label>
      <input
        ref={field}
        id={label}
        className="form-control"
        autoComplete="off"
        maxLength={LONGEST_NAME}
        placeholder={messages.nameHint}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      {problem && (
        <p className="t-13 t-danger mt-2 mb-0" role="alert">
          {sentenceOf(problem)}
        </p>
      )}
      <div className="row-c wrap mt-3">
        <button type="submit" className="btn btn-primary" aria-disabled={busy}>
          {messages.doSave}
        </button>
        {kept && (
          <button type="button" className="btn btn-danger" aria-disabled={busy} onClick={() => busy || forgetting.mutate()}>
            {messages.forget}
          </button>
        )}
        <button type="button" className="btn btn-ghost" onClick={onClose}>
          {messages.cancel}
        </button>
      </div>
    </form>
  );
}

/** The search as it is kept, if it is saved. */
export function useKept(query: string | undefined) {
  return useQuery(keptQuery).data?.find((each) => each.saved && each.query === query);
}

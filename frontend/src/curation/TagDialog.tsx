import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import type { Profile } from "../api/types";
import { Dialog } from "../ui/Dialog";
import { saveTag, wordsQuery } from "./asking";
import { askFor } from "./asks";
import { annotate } from "./deeds";
import { messages } from "./messages";
import { tagName } from "./names";

const LONGEST = 32;
const close = () => askFor(undefined);

/** Makes a tag of one's own, and gives it to the items it was made for. */
export function TagDialog({ ids, profile }: { ids: string[]; profile: Profile }) {
  const client = useQueryClient();
  const [label, setLabel] = useState("");
  const field = useId();
  const input = useRef<HTMLInputElement>(null);
  // Not by autofocus: the dialog, once it is shown, gives focus to its first button.
  useEffect(() => input.current?.focus(), []);
  const hint = useId();
  const name = tagName(label);
  const making = useMutation({
    mutationFn: () => saveTag(name, label.trim()),
    onSuccess: async (tag) => {
      close();
      await client.invalidateQueries(wordsQuery);
      await annotate(profile, ids, { tag: tag.name });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name && !making.isPending) making.mutate();
  };
  return (
    <Dialog title={messages.newTag} close={messages.close} onClose={close}>
      <form className="panel-b stack tag-form" onSubmit={submit} noValidate>
        <div>
          <label className="form-label t-13" htmlFor={field}>
            {messages.label}
          </label>
          <input
            ref={input}
            id={field}
            className="form-control"
            aria-describedby={hint}
            autoComplete="off"
            maxLength={LONGEST}
            placeholder={messages.labelHint}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <p className="t-12 t-3 mt-1 mb-0" id={hint}>
            {name && messages.inQueries(name)}
          </p>
        </div>
        {making.error && (
          <p className="t-13 t-danger mb-0" role="alert">
            {sentenceOf(making.error)}
          </p>
        )}
        <div className="row-c wrap">
          <button type="submit" className="btn btn-primary" aria-disabled={!name || making.isPending}>
            {messages.make}
          </button>
          <button type="button" className="btn btn-ghost" onClick={close}>
            {messages.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

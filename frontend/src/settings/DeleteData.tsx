import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { deleteAccountData } from "../api/account_data";
import { sentenceOf } from "../api/client";
import { messages } from "./messages";
import { Section } from "./Section";

/** Confirmed by naming oneself: what cannot be undone is not one press away. */
export function DeleteData({ name }: { name: string }) {
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState("");
  const deleting = useMutation({ mutationFn: () => deleteAccountData(typed.trim()), onSuccess: () => location.assign("/") });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    deleting.mutate();
  };
  return (
    <Section id="data" title={messages.data}>
      <div className="panel-b">
        <p className="t-13 t-2">{messages.deleteWhy}</p>
        {!asked ? (
          <button type="button" className="btn btn-danger" onClick={() => setAsked(true)}>
            {messages.delete}
          </button>
        ) : (
          <form onSubmit={submit}>
            <label className="form-label" htmlFor="confirm-name">
              {messages.deleteConfirm(name)}
            </label>
            <div className="row-c wrap">
              <input
                className="form-control invite-note"
                id="confirm-name"
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                autoFocus
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <button type="submit" className="btn btn-danger" disabled={typed.trim() !== name || deleting.isPending}>
                {messages.deleteNow}
              </button>
              <button type="button" className="btn btn-ghost" onClick={() => setAsked(false)}>
                {messages.cancel}
              </button>
            </div>
            {deleting.error && (
              <p className="t-13 t-danger mt-2 mb-0" role="alert">
                {sentenceOf(deleting.error)}
              </p>
            )}
          </form>
        )}
      </div>
    </Section>
  );
}

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { endAllSessions } from "../api/session";
import { CsrfField } from "../app/SignInForm";
import { messages } from "./messages";
import { Section } from "./Section";

export function Devices() {
  const [asked, setAsked] = useState(false);
  const ending = useMutation({ mutationFn: endAllSessions, onSuccess: () => location.assign("/") });
  return (
    <Section id="devices" title={messages.devices}>
      <ul className="rows">
        <li>
          <div className="grow">
            {messages.outHere}
            <div className="t-13 t-3">{messages.outHereWhy}</div>
          </div>
          <form method="post" action="/sign-out" className="m-0">
            <CsrfField />
            <button type="submit" className="btn btn-quiet btn-sm">
              {messages.outHere}
            </button>
          </form>
        </li>
        <li>
          <div className="grow">
            {messages.outAll}
            <div className="t-13 t-3">{messages.outAllWhy}</div>
            {ending.error && (
              <div className="t-13 t-danger" role="alert">
                {sentenceOf(ending.error)}
              </div>
            )}
          </div>
          {asked ? (
            <div className="row-c wrap">
              <button
                type="button"
                className="btn btn-danger btn-sm"
                disabled={ending.isPending}
                onClick={() => ending.mutate()}
                autoFocus
              >
                {messages.sure}
              </button>
              <button type="button" className="btn btn-ghost btn-sm" onClick={() => setAsked(false)}>
                {messages.cancel}
              </button>
            </div>
          ) : (
            <button type="button" className="btn btn-quiet btn-sm" onClick={() => setAsked(true)}>
              {messages.outAll}
            </button>
          )}
        </li>
      </ul>
    </Section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../api/client";
import { unreadQuery } from "./asking";
import { messages } from "./messages";
import type { WishList } from "./wire";

/** How many lines of a list say nothing; unfolded, the first of them, each with what is wrong. They are fetched then. */
export function Unread({ list }: { list: WishList }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="t-13 wunread" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{messages.wrong(list.wrong_lines)}</summary>
      {open && <Lines list={list} />}
    </details>
  );
}

function Lines({ list }: { list: WishList }) {
  const { data, error, refetch } = useQuery(unreadQuery(list));
  if (error)
    return (
      <p className="mb-0" role="alert">
        <span className="t-danger">{sentenceOf(error)}</span>{" "}
        <button type="button" className="btn btn-quiet btn-sm" onClick={() => void refetch()}>
          {messages.retry}
        </button>
      </p>
    );
  if (!data)
    return (
      <p className="t-3 mb-0" role="status">
        {messages.wrongReading}
      </p>
    );
  return (
    <>
      <ol>
        {data.lines.map(({ line, text, sentence }) => (
          <li key={line}>
            <b>{messages.wrongLine(line)}</b> {sentence}
            {text && (
              <code className="mono d-block" dir="ltr">
                {text}
              </code>
            )}
          </li>
        ))}
      </ol>
      {data.count > data.lines.length && <p className="t-3 mb-0">{messages.moreWrong(data.count - data.lines.length)}</p>}
    </>
  );
}

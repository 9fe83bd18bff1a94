import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ask, sentenceOf } from "../api/client";
import { refuseLarger } from "../api/sizes";
import { Icon } from "../ui/Icon";
import { messages } from "./messages";
import { Section } from "./Section";

interface Remembered {
  first?: string;
  counts?: { all: number };
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const LINES = { headers: { "Content-Type": "application/x-ndjson" }, patience: 30 * 60_000 };

/** Megabytes. */
const LARGEST = 200;

/** What is remembered of the account, as a file of one's own: out, and in again in place of what is here. */
export function Memory() {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File>();
  const known = useQuery({
    queryKey: ["memory"],
    queryFn: async () => (await ask<Remembered>("/events?limit=1")).data,
  }).data;
  const importing = useMutation({
    mutationFn: async (chosen: File) => {
      refuseLarger(chosen, LARGEST, messages.memoryLarge);
      return (await ask<{ events: number }>("/history/import?replace=true", "POST", chosen, LINES)).data;
    },
    // Whatever was drawn of the memory is of another one now.
    onSuccess: () => client.invalidateQueries(),
    onSettled: () => setFile(undefined),
  });
  const choose = (chosen: File | undefined) => {
    importing.reset();
    setFile(chosen);
    // The same file, chosen again, has to be a change.
    field.current!.value = "";
  };
  return (
    <Section id="memory" title={messages.memory}>
      <div className="panel-b">
        <p className="t-13 t-2">
          {known?.first
            ? messages.memorySince(day.format(Date.parse(known.first)), known.counts?.all ?? 0)
            : known && messages.memoryNone}{" "}
          {messages.memoryWhy}
        </p>
        <div className="row-c wrap">
          {known?.first && (
            <a className="btn btn-quiet" href="/api/v1/history/export" download>
              {messages.memoryExport}
            </a>
          )}
          <input
            ref={field}
            className="visually-hidden"
            type="file"
            accept=".jsonl,.ndjson,application/x-ndjson"
            tabIndex={-1}
            aria-label={messages.memoryFile}
            onChange={(event) => choose(event.target.files?.[0])}
          />
          {!file && (
            <button type="button" className="btn btn-quiet" onClick={() => field.current?.click()}>
              {messages.memoryImport}
            </button>
          )}
        </div>
        {file && (
          <div className="note warn mt-3">
            <Icon name="alert-triangle" />
            <div className="grow">
              <p className="mb-2">{known?.first ? messages.memoryReplaces(file.name) : messages.memoryTakes(file.name)}</p>
              <div className="row-c wrap">
                <button
                  type="button"
                  className={`btn ${known?.first ? "btn-danger" : "btn-primary"}`}
                  disabled={importing.isPending}
                  onClick={() => importing.mutate(file)}
                >
                  {importing.isPending ? messages.memoryReading : messages.memoryNow}
                </button>
                <button type="button" className="btn btn-ghost" disabled={importing.isPending} onClick={() => choose(undefined)}>
                  {messages.cancel}
                </button>
              </div>
            </div>
          </div>
        )}
        <p className={`t-13 mt-2 mb-0 ${importing.error ? "t-danger" : "t-2"}`} role="status">
          {importing.error && sentenceOf(importing.error)}
          {importing.data && messages.memoryDone(importing.data.events)}
        </p>
      </div>
    </Section>
  );
}

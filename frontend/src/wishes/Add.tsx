import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState, type FormEvent } from "react";
import { sentenceOf } from "../api/client";
import { Icon, Outline } from "../ui/Icon";
import { Segments } from "../ui/Segments";
import { addByAddress, addFile, addText, refresh } from "./asking";
import { WISH_ICONS } from "./icons";
import { messages } from "./messages";
import { titleOfFile } from "./words";

type Way = keyof typeof messages.ways;
const WAYS = Object.keys(messages.ways) as Way[];
/** Bytes of a file in which it says what it is called. */
const HEAD = 65_536;

/** A new list by its address, as a file or as text. `onDone`: how many came of it. */
export function Add({ onDone }: { onDone: (count: number) => void }) {
  const client = useQueryClient();
  const id = useId();
  const [way, setWay] = useState<Way>("url");
  const [url, setUrl] = useState("");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [file, setFile] = useState<File>();
  const [lacking, setLacking] = useState("");
  const adding = useMutation({
    mutationFn: async () => {
      if (way === "url") return addByAddress(url.trim());
      if (way === "text") return addText(title.trim(), text);
      const called = title.trim() || titleOfFile(file!.name, await file!.slice(0, HEAD).text());
      return addFile(called, file!);
    },
    onSuccess: async (lists) => {
      await refresh(client);
      onDone(lists.length);
    },
  });
  const wrong = lacking || (adding.error ? sentenceOf(adding.error) : "");
  const field = {
    id,
    ...(wrong && { "aria-invalid": true as const, "aria-describedby": `${id}-wrong` }),
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (adding.isPending) return;
    const missing = way === "url" ? !url.trim() && messages.emptyUrl : way === "text" ? !text.trim() && messages.emptyText : !file && messages.emptyFile; // prettier-ignore
    adding.reset();
    setLacking(missing || "");
    if (!missing) adding.mutate();
  };
  const change = (to: Way) => {
    adding.reset();
    setLacking("");
    setWay(to);
  };
  return (
    <form className="panel-b stack wnew" onSubmit={submit} noValidate>
      <Segments
        label={messages.how}
        value={way}
        choices={WAYS.map((value) => ({ value, label: messages.ways[value] }))}
        onChoose={change}
      />
      {way === "url" && (
        <div>
          <label className="form-label t-13" htmlFor={id}>
            {messages.url}
          </label>
          <input
            {...field}
            key="url"
            className="form-control"
            type="url"
            inputMode="url"
            autoComplete="off"
            autoFocus
            spellCheck={false}
            placeholder={messages.urlExample}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
          <p className="form-text mb-0">{messages.urlHelp}</p>
        </div>
      )}
      {way === "file" && <FileField id={id} file={file} onChoose={setFile} />}
      {way === "text" && (
        <div>
          <label className="form-label t-13" htmlFor={id}>
            {messages.text}
          </label>
          <textarea
            {...field}
            key="text"
            className="form-control mono wpaste"
            autoFocus
            spellCheck={false}
            placeholder={messages.textExample}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
      )}
      {way !== "url" && (
        <div>
          <label className="form-label t-13" htmlFor={`${id}-title`}>
            {messages.optionalTitle}
          </label>
          <input
            id={`${id}-title`}
            className="form-control wfield"
            autoComplete="off"
            maxLength={100}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
      )}
      {wrong && (
        <p className="t-13 t-danger mb-0" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
      <div className="row-c wrap">
        <button type="submit" className="btn btn-primary" aria-disabled={adding.isPending}>
          {adding.isPending && <Icon name="loader-2" extra="i-16 spin" />}
          {adding.isPending ? messages.adding : messages.addIt}
        </button>
        <button type="button" className="btn btn-ghost" onClick={() => onDone(0)}>
          {messages.cancel}
        </button>
      </div>
    </form>
  );
}

function FileField({ id, file, onChoose }: { id: string; file?: File; onChoose: (file: File) => void }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <div>
      <p className="form-label t-13" id={`${id}-file`}>
        {messages.file}
      </p>
      <div className="row-c wrap">
        <input
          ref={field}
          className="visually-hidden"
          type="file"
          accept=".txt,text/plain"
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            if (chosen) onChoose(chosen);
            // The same file, corrected, is chosen again: that has to be a change.
            event.target.value = "";
          }}
        />
        <button
          type="button"
          className="btn btn-quiet"
          aria-describedby={`${id}-file`}
          autoFocus
          onClick={() => field.current?.click()}
        >
          <Outline path={WISH_ICONS.upload} extra="i-16" />
          {file ? messages.other : messages.choose}
        </button>
        {file && <span className="t-13 wname">{file.name}</span>}
      </div>
    </div>
  );
}

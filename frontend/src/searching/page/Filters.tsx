import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useMemo, useState } from "react";
import { SEARCH_ID } from "../../app/SearchField";
import { query, setQuery } from "../../search/query";
import { Icon } from "../../ui/Icon";
import { Trouble } from "../../ui/Trouble";
import { filtersQuery } from "../asking";
import { putCaret } from "../caret";
import type { FilterHelp } from "../wire";
import { Example } from "./Example";
import { countOf, filtersAbout, writtenAs } from "./find";
import { messages } from "./messages";

/** More values than this are shown when asked for. */
const FEW = 8;

/** Every filter in its family: what it is called, what it does, and what its example finds. */
export function Filters() {
  const { data, error, refetch } = useQuery(filtersQuery(false));
  // Counting takes a moment longer: what can be read is there before.
  const counted = useQuery(filtersQuery(true)).data;
  const [words, setWords] = useState("");
  const wanted = useDeferredValue(words);
  const families = (counted ?? data)?.families;
  const shown = useMemo(() => families && filtersAbout(families, wanted), [families, wanted]);
  if (!families && error) return <Trouble title={messages.failed} error={error} onRetry={() => void refetch()} />;
  return (
    <section className="panel" aria-labelledby="s-filters">
      <div className="panel-h wrap">
        <h2 id="s-filters" className="grow">
          {messages.filters}
        </h2>
        <span className="t-13 t-2" role="status">
          {families && shown && messages.finding(countOf(shown), countOf(families))}
        </span>
        <div className="find sfind">
          <div className="find-box">
            <Icon name="search" />
            <input
              className="q"
              type="search"
              autoComplete="off"
              spellCheck={false}
              placeholder={messages.find}
              aria-label={messages.find}
              value={words}
              onChange={(event) => setWords(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Escape" || !words) return;
                event.preventDefault();
                setWords("");
              }}
            />
          </div>
        </div>
      </div>
      {!shown && <div className="swait" role="status" aria-label={messages.reading} />}
      {shown?.length === 0 && <p className="panel-b t-13 t-2 mb-0">{messages.noFilter(words)}</p>}
      {shown?.map((family) => (
        <section key={family.name} aria-labelledby={`s-${family.name}`} className="sfamily">
          <h3 id={`s-${family.name}`} className="sec">
            {family.title}
          </h3>
          <ul>
            {family.filters.map((filter) => (
              <Filter key={filter.keywords.join()} filter={filter} />
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}

function Filter({ filter }: { filter: FilterHelp }) {
  const { keywords, formats, values = [], overloads, stat_names: stats = [], help, example, deprecated, unanswerable } = filter;
  const format = formats[0] ?? "simple";
  return (
    <li className={`sfilter ${deprecated ? "is-old" : ""}`}>
      <div className="sheads">
        {keywords.map((keyword) => (
          <Insert key={keyword} text={writtenAs(keyword, format)} />
        ))}
      </div>
      <div className="ssays">
        {typeof help === "string" ? <p>{help}</p> : <Each keyword={keywords[0]!} values={values} help={help} />}
        {deprecated && <p className="t-3">{messages.deprecated(deprecated)}</p>}
        {unanswerable && (
          <p className="t-warn">
            <Icon name="info-circle" extra="i-14" /> {unanswerable}
          </p>
        )}
        {typeof help === "string" && values.length > 0 && <Values keyword={keywords[0]!} values={values} format={format} />}
        {stats.length > 0 && <Values label={messages.stats} keyword={keywords[0]!} values={stats} format={format} end=":" />}
        {overloads && (
          <Values label={messages.overloads} keyword={keywords[0]!} values={Object.keys(overloads)} format={format} />
        )}
      </div>
      {example && !unanswerable && <Example query={example} count={filter.count} />}
    </li>
  );
}

/** One sentence a value; what is no value is a word of its own (`is:dupe` beside `dupe:stats`). */
function Each({ keyword, values, help }: { keyword: string; values: string[]; help: Record<string, string> }) {
  const sentences = Object.entries(help);
  const [all, setAll] = useState(sentences.length <= FEW);
  return (
    <>
      <ul className="seach">
        {(all ? sentences : sentences.slice(0, FEW)).map(([value, sentence]) => (
          <li key={value}>
            <Insert text={values.includes(value) ? `${keyword}:${quoted(value)}` : `is:${value}`} /> {sentence}
          </li>
        ))}
      </ul>
      {!all && (
        <button type="button" className="chip" onClick={() => setAll(true)}>
          {messages.values(sentences.length)}
        </button>
      )}
    </>
  );
}

interface ValuesProps {
  label?: string;
  keyword: string;
  values: string[];
  format: string;
  end?: string;
}

function Values({ label, keyword, values, format, end = "" }: ValuesProps) {
  const [all, setAll] = useState(values.length <= FEW);
  return (
    <div className="svalues" role="group" aria-label={label ?? messages.values(values.length)}>
      {label && <span className="t-12 t-3">{label}</span>}
      {(all ? values : values.slice(0, FEW)).map((value) => (
        <Insert key={value} text={format === "simple" ? `is:${value}` : `${keyword}:${quoted(value)}${end}`} shown={value} />
      ))}
      {!all && (
        <button type="button" className="chip" onClick={() => setAll(true)}>
          {messages.values(values.length)}
        </button>
      )}
    </div>
  );
}

const quoted = (value: string) => (/[\s()"]/.test(value) ? `"${value}"` : value);

/** Writes it at the end of the search. */
function Insert({ text, shown = text }: { text: string; shown?: string }) {
  const insert = () => {
    const before = query().trimEnd();
    const next = `${before}${before && " "}${text}`;
    setQuery(next);
    const field = document.getElementById(SEARCH_ID);
    if (field instanceof HTMLInputElement) putCaret(field, next.length);
  };
  return (
    <button type="button" className="chip mono" aria-label={messages.insert(text)} onClick={insert}>
      {shown}
    </button>
  );
}

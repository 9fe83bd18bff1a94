import { Example } from "./Example";
import { messages } from "./messages";

/** How words and filters go together, by examples. */
export function Language() {
  return (
    <section className="panel" aria-labelledby="s-lang">
      <div className="panel-h">
        <h2 id="s-lang">{messages.language}</h2>
      </div>
      <dl className="panel-b sjoins">
        {messages.joins.map(([query, means]) => (
          <div key={query}>
            <dt>
              <Example query={query} />
            </dt>
            <dd>{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { Link } from "react-router";
import "../../styles/curation_settings.scss";
import { Section } from "../Section";
import { BACKUP, tableOf } from "./asking";
import { FileImport } from "./FileImport";
import { messages } from "./messages";
import { OwnTags } from "./OwnTags";

const TABLES = Object.entries(messages.tables);

/** What a person said of their items: out as a file, in from one, and the tags that they made. */
export function Curation() {
  return (
    <>
      <Section id="curation" title={messages.title}>
        <div className="panel-b cset">
          <section aria-labelledby="c-out">
            <h3 id="c-out" className="sec">
              {messages.filesTitle}
            </h3>
            <p className="t-13 t-2">{messages.filesWhy}</p>
            <div className="row-c wrap">
              <a className="btn btn-quiet" href={BACKUP} download>
                {messages.backup}
              </a>
              {TABLES.map(([category, label]) => (
                <a key={category} className="btn btn-ghost" href={tableOf(category)} download>
                  {label}
                </a>
              ))}
            </div>
          </section>
          <FileImport />
          <OwnTags />
        </div>
      </Section>
      <Section id="wishes" title={messages.wishes}>
        <div className="panel-b">
          <p className="t-13 t-2">{messages.wishesWhy}</p>
          <Link className="btn btn-quiet" to="/wishes">
            {messages.toWishes}
          </Link>
        </div>
      </Section>
    </>
  );
}

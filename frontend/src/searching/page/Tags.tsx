import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../../api/client";
import { readAgain } from "../../curation/again";
import { dropTag, wordsQuery, type Tag } from "../../curation/asking";
import { Icon } from "../../ui/Icon";
import { Example } from "./Example";
import { messages } from "./messages";

/** The tags that a player made, each as a search; they can go again. */
export function Tags() {
  const tags = useQuery(wordsQuery).data?.tags.filter((each) => each.custom);
  const client = useQueryClient();
  const [going, setGoing] = useState<Tag>();
  const dropping = useMutation({
    mutationFn: (tag: Tag) => dropTag(tag.name),
    onSuccess: () => {
      setGoing(undefined);
      void client.invalidateQueries(wordsQuery);
      void readAgain(client);
    },
  });
  return (
    <section className="panel" aria-labelledby="s-tags">
      <div className="panel-h">
        <h2 id="s-tags">{messages.tags}</h2>
      </div>
      {tags?.length === 0 && <p className="panel-b t-13 t-2 mb-0">{messages.noTags}</p>}
      {!!tags?.length && (
        <ul className="skept">
          {tags.map((tag) => (
            <li key={tag.name}>
              <div className="row-c gap-4">
                <div className="grow sname">
                  <b className="d-block clip">{tag.label}</b>
                  <Example query={`tag:${tag.name}`} />
                </div>
                <button
                  type="button"
                  className="btn btn-ghost btn-sm btn-icon"
                  aria-label={messages.dropTag(tag.label)}
                  data-tip={messages.dropTag(tag.label)}
                  onClick={() => setGoing(tag)}
                >
                  <Icon name="trash" extra="i-16" />
                </button>
              </div>
              {going?.name === tag.name && (
                <div className="row-c wrap mt-2">
                  <span className="t-13 grow">{messages.dropSure(tag.label)}</span>
                  <button type="button" className="btn btn-danger btn-sm" autoFocus onClick={() => dropping.mutate(tag)}>
                    {messages.drop}
                  </button>
                  <button type="button" className="btn btn-ghost btn-sm" onClick={() => setGoing(undefined)}>
                    {messages.cancel}
                  </button>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className={`t-13 mb-0 ${dropping.error ? "t-danger" : "t-2"} ${dropping.isIdle ? "" : "panel-b"}`} role="status">
        {dropping.error && sentenceOf(dropping.error)}
        {dropping.data && messages.dropped(dropping.data.changed)}
      </p>
    </section>
  );
}

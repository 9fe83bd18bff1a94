import type { Item, Profile } from "../api/types";
import { messages } from "./messages";
import { definitionOf, sentenceOf } from "./words";

interface Props {
  id: string;
  hash: number;
  profile: Profile;
  onOpen: (id: string) => void;
  whereIs: (item: Item, profile: Profile) => string;
}

/** The other items of the same kind, wherever they are. */
export function Copies({ id, hash, profile, onOpen, whereIs }: Props) {
  const copies = profile.items.filter((each) => each.hash === hash && each.id !== id);
  if (!copies.length) return null;
  const definition = definitionOf(profile.definitions, hash);
  return (
    <section className="mb-4" aria-label={messages.copies}>
      <h3 className="sec mb-2">{messages.copies}</h3>
      <ul className="hits m-0">
        {copies.map((copy) => (
          <li key={copy.id}>
            <button type="button" onClick={() => onOpen(copy.id)} aria-label={messages.openCopy(sentenceOf(copy, definition))}>
              <img src={definition.icon} width="32" height="32" alt="" loading="lazy" />
              <span className="grow clip">
                {copy.power !== undefined && <b>{copy.power}</b>} <span className="t-2">{whereIs(copy, profile)}</span>
                {copy.plugs && (
                  <span className="t-12 t-3 d-block clip">
                    {copy.plugs
                      .map((plug) => profile.plugs[plug]?.name)
                      .filter(Boolean)
                      .slice(0, 6)
                      .join(", ")}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { Link } from "react-router";
import type { Character, Profile } from "../api/types";
import { hours } from "../freshness/words";
import { atSearch, useAt } from "../past/at";
import { Glyph } from "../ui/Icon";
import { callName, exactPower } from "../vault/guardian";
import { Whereabouts } from "../vault/GuardianHead";
import { useAsOf } from "../vault/Vault";
import { messages } from "./messages";
import { Nickname } from "./Nickname";

/** Who this is, in full: banner, emblem, names, power, and the way to the others. */
export function CharacterHead({ character, profile }: { character: Character; profile: Profile }) {
  const at = useAt();
  const asOf = useAsOf(profile);
  const facts: [string, string | undefined][] = [
    [messages.title, character.title],
    [messages.clan, character.clan],
    [messages.maxPower, character.max_power === undefined ? undefined : exactPower(character.max_power)],
    [messages.dropPower, character.drop_power === undefined ? undefined : exactPower(character.drop_power)],
    [messages.mail, messages.of(character.postmaster.used, character.postmaster.capacity)],
    [messages.time, character.minutes_played ? hours(character.minutes_played) : undefined],
  ];
  return (
    <>
      <nav className="seg mb-3" aria-label={messages.siblings}>
        {profile.characters.map((each) => (
          <Link
            key={each.id}
            to={`/characters/${each.id}${atSearch(at)}`}
            data-store={each.id}
            draggable={false}
            aria-current={each.id === character.id ? "page" : undefined}
          >
            {each.class !== "unknown" && <Glyph name={`cls-${each.class}`} extra={`g gu-${each.class}`} />}
            {callName(each)}
          </Link>
        ))}
      </nav>
      <section className="panel chero" aria-labelledby="c-name">
        <img className="bn" src={character.background} alt="" />
        <img className="em" src={character.emblem} alt="" width="72" height="72" />
        <div className="grow">
          <Nickname key={character.id} character={character} />
          <div className="t-2">{[character.class_name, character.race, character.gender].filter(Boolean).join(" · ")}</div>
          <div className="t-13 t-2 mt-1">
            <Whereabouts character={character} asOf={asOf} />
          </div>
        </div>
        <div className="pw-big">
          <Glyph name="power" />
          <span className="visually-hidden">{messages.power} </span>
          {character.light}
        </div>
        <dl className="cfacts">
          {facts.map(
            ([name, value]) =>
              value && (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
      </section>
    </>
  );
}

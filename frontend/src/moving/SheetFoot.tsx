import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Character, Item, Profile } from "../api/types";
import { comparable, compare } from "../compare/comparing";
import { annotationOf } from "../curation/annotation";
import { askFor } from "../curation/asks";
import { messages as curation } from "../curation/messages";
import { tagMenu } from "../curation/tagMenu";
import { Glyph, Icon } from "../ui/Icon";
import { callName } from "../vault/guardian";
import { currentOf, equip, isLockable, isTrackable, lock, move, track } from "./acts";
import { Amount } from "./Amount";
import { guessed, hindrance, isThere } from "./guess";
import { MovingIcon } from "./icons";
import type { Laid } from "./laid";
import { openMenu } from "./menu";
import { messages } from "./messages";

interface Props {
  item: Laid;
  profile: Profile;
}

/** The foot of an item's sheet: where it can go, who can wear it, its lock. What cannot be done says why beside it. */
export function SheetFoot({ item, profile }: Props) {
  const held = item.quantity ?? 1;
  const [amount, setAmount] = useState<{ id: string; of: number }>();
  const quantity = Math.min(held, amount?.id === item.id ? amount.of : held);
  const whys = new Set<string>();
  const bucket = bucketOf(profile, item);
  // What all guardians share lies in one pocket: any of them stands for it.
  const holders = bucket?.account ? profile.characters.slice(0, 1) : profile.characters;
  const stores = [...holders.map((each) => each.id), "vault"].map((store) => {
    const there = isThere(item, bucket, store, false);
    const why = there ? undefined : hindrance(profile, item, bucket, store, false);
    if (why) whys.add(why);
    return { store, there, why };
  });
  const reasons = useId();
  return (
    <section className="sheet-foot" aria-label={messages.foot}>
      <State item={item} />
      {held > 1 && <Amount all={held} value={quantity} onChange={(of) => setAmount({ id: item.id, of })} />}
      <div className="row-c between mb-2 foot-h">
        <span className="sec">{messages.moveTo}</span>
        <span className="t-12 t-3" id={reasons}>
          {[...whys].join(" ") || equipHint(profile, item)}
        </span>
      </div>
      <div className="mv" style={{ gridTemplateColumns: `repeat(${stores.length}, minmax(0, 1fr))` }}>
        {stores.map(({ store, there, why }) => (
          <button
            key={store}
            type="button"
            className="btn btn-quiet"
            disabled={there || !!why}
            aria-describedby={why ? reasons : undefined}
            onClick={() => void move(profile, [item.id], store, quantity < held ? quantity : undefined)}
          >
            {bucket?.account && store !== "vault" ? (
              <Icon name="users" extra="i-16" />
            ) : (
              <StoreMark store={store} profile={profile} />
            )}
            <span className="clip">
              {there ? messages.here : bucket?.account && store !== "vault" ? messages.guardians : nameIn(profile, store)}
            </span>
          </button>
        ))}
      </div>
      <div className="mt-2 foot-acts">
        <div className="foot-main">
          <Wear item={item} profile={profile} />
          {isTrackable(profile, item) && (
            <button
              type="button"
              className="btn btn-quiet grow"
              aria-pressed={!!item.tracked}
              onClick={() => void track(profile, item.id)}
            >
              <Icon name="target" />
              {item.tracked ? messages.untrack : messages.track}
            </button>
          )}
        </div>
        <div className="foot-more">
          {isLockable(profile, item) && <Lock item={item} profile={profile} />}
          <Remarks item={item} profile={profile} />
        </div>
      </div>
    </section>
  );
}

/** What is on its way, or done and not seen yet, in words. */
function State({ item }: { item: Laid }) {
  const words = item.moving
    ? item.moving === "waits"
      ? messages.waiting
      : messages.onTheWay
    : item.pending && (item.pending === "unconfirmed" ? messages.unconfirmed : messages.pending);
  if (!words) return null;
  const warns = item.pending === "unconfirmed" && !item.moving;
  return (
    <p className={`t-13 mb-2 foot-state ${warns ? "t-warn" : "t-2"}`} role="status">
      <Icon name={warns ? "alert-triangle" : item.moving ? "transfer" : "circle-dashed"} extra="i-16" /> {words}
    </p>
  );
}

/** The main deed: collect what lies in a postmaster, else equip; and a menu for the other guardians that can wear it. */
function Wear({ item, profile }: Props) {
  const owner = profile.characters.find((each) => each.id === item.store);
  if (item.place === "postmaster" && owner) {
    const why = hindrance(profile, item, bucketOf(profile, item), owner.id, false);
    if (why) return null;
    return (
      <button type="button" className="btn btn-primary grow" onClick={() => void move(profile, [item.id], owner.id)}>
        {messages.pull(callName(owner))}
      </button>
    );
  }
  const able = profile.characters.filter((each) => guessed(profile, [{ id: item.id }], each.id, true).arrive);
  const current = currentOf(profile);
  const first = able.find((each) => each === current) ?? able[0];
  if (!first) {
    const wearer = item.place === "equipped" ? owner : undefined;
    return wearer ? <span className="grow t-13 t-2">{messages.worn(callName(wearer))}</span> : null;
  }
  const wear = (on: Character) => void equip(profile, [item.id], on.id);
  return (
    <>
      <button type="button" className="btn btn-primary grow" onClick={() => wear(first)}>
        {messages.equipOn(callName(first))}
      </button>
      {able.length > 1 && (
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={messages.equipElsewhere}
          aria-haspopup="menu"
          data-tip={messages.equipElsewhere}
          onClick={({ currentTarget }) =>
            openMenu({
              label: messages.equipElsewhere,
              at: currentTarget,
              back: currentTarget,
              parts: [
                able
                  .filter((each) => each !== first)
                  .map((each) => ({ label: messages.equipOn(callName(each)), icon: "shirt" as const, act: () => wear(each) })),
              ],
            })
          }
        >
          <Icon name="chevron-down" />
        </button>
      )}
    </>
  );
}

function Lock({ item, profile }: Props) {
  const label = `${item.locked ? messages.unlock : messages.lock} (L)`;
  return (
    <button
      type="button"
      className="btn btn-quiet btn-icon"
      aria-pressed={!!item.locked}
      aria-label={item.locked ? messages.lockedPress : messages.lockPress}
      data-tip={label}
      onClick={() => void lock(profile, [item.id], !item.locked)}
    >
      <MovingIcon name={item.locked ? "lock" : "lock-open"} />
    </button>
  );
}

/** Tag and note. */
function Remarks({ item, profile }: Props) {
  const client = useQueryClient();
  const said = annotationOf(profile, item);
  return (
    <>
      <button
        type="button"
        className="btn btn-quiet btn-icon"
        aria-label={curation.tagTip}
        aria-haspopup="menu"
        data-tip={curation.tagTip}
        onClick={({ currentTarget }) => openMenu(tagMenu(client, profile, [item.id], currentTarget))}
      >
        <MovingIcon name="tag" />
      </button>
      <button
        type="button"
        className="btn btn-quiet btn-icon"
        aria-label={said?.notes ? curation.noteThere : curation.noteTip}
        data-tip={curation.noteTip}
        onClick={() => askFor({ kind: "note", ids: [item.id] })}
      >
        <MovingIcon name="note" />
      </button>
      {comparable(profile, [item.id]).length > 0 && (
        <button
          type="button"
          className="btn btn-quiet btn-icon"
          aria-label={messages.compareTip}
          data-tip={messages.compareTip}
          onClick={() => compare([item.id])}
        >
          <MovingIcon name="scale" />
        </button>
      )}
    </>
  );
}

function StoreMark({ store, profile }: { store: string; profile: Profile }) {
  const character = profile.characters.find((each) => each.id === store);
  if (!character) return <Icon name="box" extra="i-16" />;
  return character.class === "unknown" ? null : <Glyph name={`cls-${character.class}`} extra={`g gu-${character.class}`} />;
}

function nameIn(profile: Profile, store: string): string {
  const character = profile.characters.find((each) => each.id === store);
  return character ? callName(character).split(" ")[0]! : messages.vaultName;
}

const bucketOf = (profile: Profile, item: Item) => profile.buckets.find((each) => each.hash === item.bucket);

/** Bungie lets nobody change what is worn in the middle of an activity. */
function equipHint(profile: Profile, item: Item): string | undefined {
  const playing = profile.characters.find((each) => each.playing);
  const wearable = playing && guessed(profile, [{ id: item.id }], playing.id, true).arrive;
  return wearable ? messages.equipWaits(callName(playing)) : undefined;
}

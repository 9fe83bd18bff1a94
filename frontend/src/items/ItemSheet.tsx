import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { Problem, sentenceOf as problemSentence } from "../api/client";
import { itemQuery } from "../api/items";
import type { Item, ItemDetails, Profile } from "../api/types";
import { annotationOf, glyphOfTag, verdictOf } from "../curation/annotation";
import { TagLabel, Verdict, YourNote } from "../curation/Said";
import { OwnTotals } from "../customstats/OwnTotals";
import { SheetFoot } from "../moving/SheetFoot";
import { useAt } from "../past/at";
import { Glyph, Icon } from "../ui/Icon";
import { Mid } from "../ui/Mid";
import { callName } from "../vault/guardian";
import type { Standing } from "../vault/arrange";
import { Copies } from "./Copies";
import { messages } from "./messages";
import { OVERVIEW, Sections, useSection } from "./Sections";
import { Sockets } from "./Sockets";
import { StatBars } from "./StatBars";
import { definitionOf, elementOf, ELEMENTS, nameOf, TIERS } from "./words";

const LifeLine = lazy(() => import("../past/LifeLine").then((module) => ({ default: module.LifeLine })));
const SheetRolls = lazy(() => import("../wishes/SheetRolls").then((module) => ({ default: module.SheetRolls })));
const PastFoot = lazy(() => import("../past/PastFoot").then((module) => ({ default: module.PastFoot })));

interface Props {
  id: string;
  profile: Profile;
  /** The items as they stand on the page. */
  order: Standing[];
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** One item, at its own address. What the profile knows is there at once; the rest comes with the details. */
export function ItemSheet({ id, profile, order, onOpen, onClose }: Props) {
  const item = profile.items.find((each) => each.id === id);
  const at = useAt();
  const stamp = profile.minted ?? profile.read;
  const details = useQuery(itemQuery(id, stamp, at));
  const section = useSection(id, at ? "" : stamp);
  const here = order.findIndex((each) => each.id === id);
  const standing = order[here];
  const body = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLElement>(null);
  const name = item ? nameOf(definitionOf(profile.definitions, item.hash)) : (details.data?.name ?? messages.gone);

  useEffect(() => {
    body.current?.scrollTo({ top: 0 });
  }, [id, section.name]);
  useEffect(() => sheet.current?.focus({ preventScroll: true }), [id]);

  return (
    <aside className="sheet" aria-label={messages.details(name)} tabIndex={-1} ref={sheet}>
      <div className="sheet-top">
        <div className="row-c between mb-2">
          <div className="row-c gap-0">
            <Step to={order[here - 1]?.id} label={messages.previous} icon="chevron-left" onOpen={onOpen} />
            <Step to={here < 0 ? undefined : order[here + 1]?.id} label={messages.next} icon="chevron-right" onOpen={onOpen} />
            {standing && (
              <span className="t-12 t-3 ms-2 clip">{messages.position(standing.index, standing.of, standing.where)}</span>
            )}
          </div>
          <div className="row-c gap-0">
            <CopyLink key={id} />
            <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={messages.close} onClick={onClose}>
              <Icon name="x" />
            </button>
          </div>
        </div>
        {item && <Head item={item} profile={profile} />}
        {item && <Sections section={section} />}
      </div>
      <div
        className="sheet-body"
        tabIndex={0}
        role={item ? "tabpanel" : "region"}
        aria-label={section.label}
        id="sheet-body"
        ref={body}
      >
        {item && section.name !== OVERVIEW ? (
          <Suspense fallback={<Waiting />}>
            <LifeLine key={id} id={id} profile={profile} stamp={at ? "" : stamp} at={at} />
          </Suspense>
        ) : (
          <>
            <Body id={id} item={item} profile={profile} onOpen={onOpen} details={details.data} past={!!at} />
            {details.isError && (
              <Failed id={id} item={item} error={details.error} onRetry={() => void details.refetch()} onClose={onClose} />
            )}
            {details.isPending && <Waiting />}
          </>
        )}
      </div>
      {item && (at ? <Foot id={id} at={at} /> : <SheetFoot item={item} profile={profile} />)}
    </aside>
  );
}

const Foot = (props: { id: string; at: string }) => (
  <Suspense>
    <PastFoot {...props} />
  </Suspense>
);

function Step({
  to,
  label,
  icon,
  onOpen,
}: {
  to?: string;
  label: string;
  icon: "chevron-left" | "chevron-right";
  onOpen: (id: string) => void;
}) {
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm btn-icon"
      aria-label={label}
      data-tip={label}
      disabled={!to}
      onClick={() => to && onOpen(to)}
    >
      <Icon name={icon} />
    </button>
  );
}

function CopyLink() {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(location.href).then(() => setCopied(true));
  if (typeof navigator.clipboard?.writeText !== "function") return null; // plain http on another machine
  const label = copied ? messages.copied : messages.copy;
  return (
    <button type="button" className="btn btn-ghost btn-sm btn-icon" aria-label={label} data-tip={label} onClick={copy}>
      <Icon name={copied ? "check" : "link"} />
      <span className="visually-hidden" role="status">
        {copied && messages.copied}
      </span>
    </button>
  );
}

function Head({ item, profile }: { item: Item; profile: Profile }) {
  const definition = definitionOf(profile.definitions, item.hash);
  const element = elementOf(item, definition);
  const tag = annotationOf(profile, item)?.tag;
  const verdict = verdictOf(profile, item);
  const kind = [element && ELEMENTS[element], element ? definition.type.toLowerCase() : definition.type]
    .filter(Boolean)
    .join(" ");
  return (
    <>
      <div className="it-h">
        <img src={definition.icon || undefined} alt="" width="76" height="76" />
        <div className="grow">
          <h2>{nameOf(definition)}</h2>
          <div className="t-2 t-13">
            {element && <Glyph name={`el-${element}`} extra={`g el-${element}`} />} {kind}
            {kind && " · "}
            <span className={`ra-${definition.tier} t-b`}>{TIERS[definition.tier]}</span>
          </div>
        </div>
        {item.power !== undefined && (
          <div className="pw-big">
            <Glyph name="power" />
            <span className="visually-hidden">Power </span>
            {item.power}
            {item.gear_tier ? <span className="t-12 t-3 d-block num">{messages.tier(item.gear_tier)}</span> : null}
          </div>
        )}
      </div>
      <div className="row-c wrap mt-3 mb-3 gap-4">
        <span className="chip">
          <Icon name={item.place === "postmaster" ? "mailbox" : item.store === "vault" ? "box" : "user"} extra="i-14" />
          {whereIs(item, profile)}
        </span>
        {(item.quantity ?? 1) > 1 && <span className="chip">{messages.pieces(item.quantity!)}</span>}
        {item.locked && (
          <span className="chip">
            <Icon name="lock" extra="i-14" />
            {messages.locked}
          </span>
        )}
        {tag && (
          <span className="chip">
            <Glyph name={glyphOfTag(tag)} />
            <TagLabel name={tag} />
          </span>
        )}
        {item.masterwork && (
          <span className="chip chip-brass">
            <Glyph name="mw" />
            {messages.masterwork}
          </span>
        )}
        {item.crafted && (
          <span className="chip">
            <Glyph name="crafted" />
            {messages.crafted}
          </span>
        )}
        {item.energy !== undefined && <span className="chip">{messages.energy(item.energy)}</span>}
        {item.tracked && <span className="chip">{messages.tracked}</span>}
      </div>
      {verdict && <Verdict verdict={verdict} />}
    </>
  );
}

function whereIs(item: Item, profile: Profile): string {
  if (item.store === "vault") return messages.inVault;
  const character = profile.characters.find((each) => each.id === item.store);
  if (!character) return messages.shared;
  const name = callName(character);
  if (item.place === "equipped") return messages.wornBy(name);
  return item.place === "postmaster" ? messages.mailOf(name) : messages.on(name);
}

interface BodyProps {
  id: string;
  item?: Item;
  profile: Profile;
  details?: ItemDetails;
  past: boolean;
  onOpen: (id: string) => void;
}

function Body({ id, item, profile, details, past, onOpen }: BodyProps) {
  const verdict = item && verdictOf(profile, item);
  const definition = item && definitionOf(profile.definitions, item.hash);
  const odd = definition?.classified ? messages.classified : definition?.missing ? messages.missing : undefined;
  return (
    <>
      {odd && (
        <div className="note info mb-4">
          <Icon name="help-circle" />
          <div className="grow">{odd}</div>
        </div>
      )}
      {item && <YourNote id={id} notes={annotationOf(profile, item)?.notes} />}
      {details && (
        <>
          {details.description && <p className="t-13 t-2 mb-4 it-d">{details.description}</p>}
          {details.pattern && <p className="t-13 t-2 mb-4">{patternSays(details.pattern)}</p>}
          {!!details.stats?.length && (
            <section className="mb-4" aria-label={messages.stats}>
              <h3 className="sec mb-2">{messages.stats}</h3>
              <StatBars stats={details.stats} below={<OwnTotals stats={details.stats} guardian={definition?.class} />} />
            </section>
          )}
          {!!details.sockets?.length && (
            <Sockets
              sockets={details.sockets}
              verdict={verdict}
              wishing={
                item &&
                !past && (
                  <Suspense>
                    <SheetRolls key={id} hash={item.hash} sockets={details.sockets} verdict={verdict} />
                  </Suspense>
                )
              }
            />
          )}
          {!!details.objectives?.length && <Objectives objectives={details.objectives} />}
          {!past && (
            <section className="mb-4" aria-label={messages.moving}>
              <h3 className="sec mb-2">{messages.moving}</h3>
              <p className="t-13 t-2 mb-0">
                {details.transferability.sentence ?? (details.transferability.can_move ? messages.canMove : messages.cannotMove)}
              </p>
            </section>
          )}
        </>
      )}
      {item && <Copies id={id} hash={item.hash} profile={profile} onOpen={onOpen} whereIs={whereIs} />}
    </>
  );
}

function patternSays({ done, needed, unlocked }: NonNullable<ItemDetails["pattern"]>) {
  return unlocked ? messages.patternUnlocked : messages.patternStands(done, needed);
}

function Objectives({ objectives }: { objectives: NonNullable<ItemDetails["objectives"]> }) {
  return (
    <section className="mb-4" aria-label={messages.objectives}>
      <h3 className="sec mb-2">{messages.objectives}</h3>
      <ul className="goals">
        {objectives.map((each, index) => (
          <li key={index}>
            <span className="clip">{each.name}</span>
            <span className="nowrap t-2">
              {each.complete ? messages.done : `${each.progress.toLocaleString("en")} / ${each.completion.toLocaleString("en")}`}
            </span>
            <div className="meter" role="img" aria-hidden="true">
              <span style={{ width: `${Math.min(100, (each.progress / Math.max(1, each.completion)) * 100)}%` }} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FailedProps {
  id: string;
  item?: Item;
  error: unknown;
  onRetry: () => void;
  onClose: () => void;
}

function Failed({ id, item, error, onRetry, onClose }: FailedProps) {
  const gone = error instanceof Problem && error.status === 404 && !item;
  const action = gone ? onClose : onRetry;
  return (
    <Mid
      icon={gone ? "help-circle" : "alert-triangle"}
      tone={gone ? undefined : "bad"}
      title={gone ? messages.gone : "The details could not be read"}
      reference={error instanceof Problem ? error.reference : undefined}
      actions={
        <>
          {gone && (
            <Link className="btn btn-quiet" to={`/timeline/items/${encodeURIComponent(id)}`}>
              {messages.wasIt}
            </Link>
          )}
          <button type="button" className={`btn ${gone ? "btn-ghost" : "btn-quiet"}`} onClick={action}>
            {gone ? messages.toVault : messages.retry}
          </button>
        </>
      }
    >
      <p>{gone ? messages.goneWhy : problemSentence(error)}</p>
    </Mid>
  );
}

const SHOW_AFTER = 300;

function Waiting() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="stack-2 placeholder-glow" role="status" aria-label={messages.reading}>
      {[60, 90, 75, 85, 50].map((width) => (
        <span key={width} className="placeholder" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

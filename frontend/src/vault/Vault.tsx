import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
} from "react";
import { useNavigate } from "react-router";
import type { Profile } from "../api/types";
import { clock } from "../freshness/words";
import { serverNow } from "../freshness/clock";
import { useFeed } from "../freshness/feed";
import { moment } from "../freshness/order";
import { bungieDown } from "../freshness/state";
import { extend, pick } from "../moving/pick";
import { anchored, toggle, useSelection } from "../moving/selection";
import { atSearch, useAt } from "../past/at";
import { useMatches } from "../search/useMatches";
import { usePreferences } from "../settings/preferences";
import { usePhone } from "../ui/usePhone";
import { arrange, type Row } from "./arrange";
import { elsewhere } from "./elsewhere";
import { GuardianHead } from "./GuardianHead";
import { matchedIn } from "./matched";
import { estimatedHeight } from "./measure";
import { messages } from "./messages";
import { PhoneFacts, PhoneHead } from "./PhoneHead";
import { keepStop, rove } from "./rove";
import { tileOf } from "./tileOf";
import { useProgressive } from "./useProgressive";
import { VaultHead } from "./VaultHead";
import { VaultRow } from "./VaultRow";
import { useSection } from "./useSection";

const NoMatch = lazy(() => import("../searching/NoMatch"));
const Elsewhere = lazy(() => import("./Elsewhere"));

const AT_ONCE = 2;

/** The whole account: guardians in columns, the vault beside them, a row for each bucket. */
export function Vault({ profile, open }: { profile: Profile; open?: string }) {
  const { sort, group, tile_size, hide_unmatched } = usePreferences();
  const phone = usePhone();
  const matches = useMatches(profile);
  const selected = useSelection();
  const rows = useArranged(profile, sort, group);
  const drawn = useProgressive(rows.length, AT_ONCE);
  const [store, setStore] = useState<string>();
  const chosen = store ?? profile.characters[0]?.id ?? "vault";
  const only = phone ? chosen : undefined;
  const shown = useMemo(() => (only ? rows.filter((row) => stands(row, only)) : rows), [rows, only]);
  const away = useMemo(() => (only && matches ? elsewhere(rows, matches, only) : undefined), [rows, matches, only]);
  const section = useSection(phone, shown.length);
  const asOf = useAsOf(profile);
  const events = useTileEvents();

  const characters = profile.characters.length;
  const look = [
    "vault",
    open && "folded",
    only === "vault" && "only-vault",
    matches && hide_unmatched && "hide-unmatched",
  ].filter(Boolean).join(" "); // prettier-ignore

  return (
    <>
      <h1 className="visually-hidden">{messages.title}</h1>
      <div className={look} style={{ "--n": characters } as CSSProperties} {...events}>
        <div className="vgrid vhead">
          {phone ? (
            <PhoneHead profile={profile} rows={shown} only={chosen} onStore={setStore} section={section} />
          ) : (
            <>
              <div className="vlabel" />
              {profile.characters.map((each) => (
                <GuardianHead key={each.id} character={each} asOf={asOf} />
              ))}
              <VaultHead vault={profile.vault} />
            </>
          )}
        </div>
        {phone && !matches && <PhoneFacts profile={profile} only={chosen} asOf={asOf} />}
        {matches?.size === 0 && (
          <Suspense>
            <NoMatch profile={profile} />
          </Suspense>
        )}
        {away && only && (
          <Suspense>
            <Elsewhere profile={profile} only={only} counts={away} onStore={setStore} />
          </Suspense>
        )}
        {shown.map((row, index) => (
          <VaultRow
            key={row.key}
            row={row}
            drawn={index < drawn}
            height={estimatedHeight(row, characters, tile_size, innerWidth)}
            folded={!!open}
            profile={profile}
            matches={matchedIn(row, matches)}
            selected={selected}
            open={open}
            only={only}
          />
        ))}
      </div>
    </>
  );
}

export function useArranged(
  profile: Profile,
  sort: ReturnType<typeof usePreferences>["sort"],
  group: ReturnType<typeof usePreferences>["group"],
): Row[] {
  return useMemo(
    () => arrange(profile, { sort, group }, { postmaster: messages.postmaster, other: messages.other }),
    [profile, sort, group],
  );
}

/** Whether a row has anything to show for this store. */
function stands(row: Row, store: string): boolean {
  return row.vaultCount > 0 || (store !== "vault" && (row.shared || row.cells.has(store)));
}

/** The moment of what is shown, where that is not now. */
export function useAsOf(profile: Profile): string | undefined {
  const { status, problem } = useFeed();
  const then = profile.at ? Date.parse(profile.at) : bungieDown(status, problem) ? moment(profile) : undefined;
  return then === undefined ? undefined : clock(then, serverNow());
}

/** One handler for all tiles: a press opens the sheet or selects, arrows move, the focused tile is its row's tab stop. */
export function useTileEvents() {
  const navigate = useNavigate();
  const at = useAt();
  const onClick = useCallback(
    (event: MouseEvent) => {
      const tile = event.target instanceof Element ? event.target.closest<HTMLElement>(".tile[data-id]") : null;
      if (!tile?.dataset.id || (!at && pick(event, tile))) return;
      void navigate(`/vault/items/${encodeURIComponent(tile.dataset.id)}${atSearch(at)}`, { state: { inside: true } });
    },
    [navigate, at],
  );
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      const tile = event.target instanceof Element ? event.target.closest<HTMLElement>(".tile[data-id]") : null;
      if (!tile) return;
      const { key, shiftKey } = event;
      if (key === " ") {
        // Taken from the button, which would open the item.
        event.preventDefault();
        // The past has nothing to select: nothing can be done with it.
        if (at) return;
        if (shiftKey) extend(tile);
        else toggle(tile.dataset.id!);
      } else if (rove(event)) {
        event.preventDefault();
        if (!shiftKey || at) return;
        if (anchored() === undefined) toggle(tile.dataset.id!);
        if (document.activeElement instanceof HTMLElement) extend(document.activeElement);
      }
    },
    [at],
  );
  const onKeyUp = useCallback((event: KeyboardEvent) => {
    if (event.key === " " && event.target instanceof Element && event.target.matches(".tile[data-id]")) event.preventDefault();
  }, []);
  const onFocus = useCallback((event: { target: EventTarget }) => {
    if (event.target instanceof HTMLElement && event.target.matches(".tile[data-id]")) keepStop(event.target);
  }, []);
  return { onClick, onKeyDown, onKeyUp, onFocus };
}

export function useRevealed(open: string | undefined): void {
  useEffect(() => {
    if (open) tileOf(open)?.scrollIntoView({ block: "nearest" });
  }, [open]);
}

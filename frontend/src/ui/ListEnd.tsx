import "../styles/list_end.scss";
import { useEffect, useRef } from "react";
import { Icon } from "./Icon";

interface Props {
  /** Whether there is more to ask for, and whether it is under way. */
  has: boolean;
  busy: boolean;
  onMore: () => void;
  /** On the button, and instead of it when all is there. */
  more: string;
  end: string;
}

/** The foot of a long list: more comes by itself when its button comes into sight. */
export function ListEnd({ has, busy, onMore, more, end }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  useEffect(() => {
    latest.current = onMore;
  });
  useEffect(() => {
    if (!has || !button.current) return;
    const observer = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && latest.current(), {
      rootMargin: "400px",
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [has, busy]);
  if (!has) return <p className="list-end">{end}</p>;
  return (
    <div className="list-end">
      <button type="button" className="btn btn-quiet btn-sm" ref={button} aria-disabled={busy} onClick={onMore}>
        {busy && <Icon name="loader-2" extra="i-14 spin" />}
        {more}
      </button>
    </div>
  );
}

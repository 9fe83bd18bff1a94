import { useEffect, useState } from "react";

const HEAD = 200;

/** The row that is being looked at, for the category strip. */
export function useSection(on: boolean, rows: number): string | undefined {
  const [section, setSection] = useState<string>();
  useEffect(() => {
    if (!on) return;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) if (entry.isIntersecting) setSection(entry.target.id.replace("row-", ""));
      },
      { rootMargin: `-${HEAD}px 0px -${Math.max(0, innerHeight - HEAD - 2)}px` },
    );
    for (const row of document.querySelectorAll(".vrow")) observer.observe(row);
    return () => observer.disconnect();
  }, [on, rows]);
  return section;
}

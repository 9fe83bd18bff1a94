/** /timeline: what happened, in charts and one by one. */

import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Timeline } from "../timeline/Timeline";

const Lost = lazy(() => import("../app/Lost").then((module) => ({ default: module.Lost })));

export default function TimelinePage() {
  return (
    <Suspense>
      <Routes>
        <Route index element={<Timeline />} />
        <Route path="*" element={<Lost />} />
      </Routes>
    </Suspense>
  );
}

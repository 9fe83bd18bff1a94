import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { Problem } from "./api/client";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { PAGES } from "./app/pages";
import { Shell } from "./app/Shell";
import { VISITOR } from "./app/visitor";
import { FeedProvider } from "./freshness/feed";
import { apply, loadPreferences } from "./settings/preferences";

const Lost = lazy(() => import("./app/Lost").then((module) => ({ default: module.Lost })));
const Outside = lazy(() => import("./app/Outside").then((module) => ({ default: module.Outside })));
const RETRIES = 1;

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      // Only what never reached the server is asked again at once: an answer, good or bad, is an answer.
      retry: (count, error) => count < RETRIES && error instanceof Problem && error.code === "no-answer",
    },
  },
});

apply();
if (!VISITOR) void loadPreferences();

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <FeedProvider>
            <Routes>
              <Route element={VISITOR ? <Outside /> : <Shell />}>
                <Route index element={<Navigate to="/vault" replace />} />
                {PAGES.map(({ path, Component }) => (
                  <Route key={path} path={`${path}/*`} element={<Component />} />
                ))}
                <Route path="*" element={<Lost />} />
              </Route>
            </Routes>
          </FeedProvider>
        </BrowserRouter>
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
);

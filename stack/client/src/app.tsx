import type { ReactNode } from "react";
import { BoardPage } from "./board/board-page.tsx";
import { MissionPage } from "./detail/mission-page.tsx";
import { useObservable } from "./live/use-observable.ts";
import type { Route } from "./routing/route.ts";
import { useArrival } from "./routing/use-arrival.ts";
import { ServicesContext, type Services } from "./services.ts";
import { AnnouncerOutput } from "./ui/announcer-output.tsx";
import { ErrorBoundary } from "./ui/error-boundary.tsx";
import { SiteFooter, SiteHeader } from "./ui/site-frame.tsx";
import { UnknownPage } from "./ui/unknown-page.tsx";

export function App({ services }: { readonly services: Services }): ReactNode {
  return (
    <ServicesContext value={services}>
      <ErrorBoundary>
        <SiteHeader />
        <CurrentPage services={services} />
        <SiteFooter />
      </ErrorBoundary>
      <AnnouncerOutput />
    </ServicesContext>
  );
}

function CurrentPage({ services }: { readonly services: Services }): ReactNode {
  const place = useObservable(services.router.place);
  useArrival(place);
  return (
    <main className="page" id="content">
      <PageOf route={place.route} />
    </main>
  );
}

function PageOf({ route }: { readonly route: Route }): ReactNode {
  switch (route.page) {
    case "board":
      return <BoardPage state={route.state} />;
    case "mission":
      return <MissionPage key={route.id} id={route.id} />;
    case "unknown":
      return <UnknownPage />;
    default:
      return route satisfies never;
  }
}

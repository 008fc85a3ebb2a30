import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { useServices } from "../services.ts";
import { isPlainClick } from "./history-router.ts";
import { formatRoute, type KnownRoute } from "./route.ts";

type LinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & { readonly to: KnownRoute };

/** A link to another page of the application; new tabs and windows work as usual. */
export function Link({ to, ...attributes }: LinkProps): ReactNode {
  const { router } = useServices();
  const follow = (event: MouseEvent): void => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    router.navigate(to);
  };
  return <a {...attributes} href={formatRoute(to)} onClick={follow} />;
}

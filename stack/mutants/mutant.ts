/** What a mutant is: the same stack with one known defect, as a real team would make it. */

/** Which part of the stack, or which property of it, a mutant breaks; the name of its folder. */
export const mutantAreas = [
  "gateway",
  "tls",
  "headers",
  "client",
  "server",
  "postgres",
  "redis",
  "orchestration",
  "observability",
  "migration",
] as const;
type MutantArea = (typeof mutantAreas)[number];

/** One change to one source file. */
export interface Edit {
  /** Path below `stack/`, of a file that ships, such as `gateway/snippets/replicas.conf`. */
  readonly file: string;
  /** Text that stands in the file exactly once; longer than a line where it has to be. */
  readonly find: string;
  readonly replace: string;
}

/** What the certificate of the gateway is made with. */
interface CertificateOverlay {
  /** DNS names. */
  readonly hostNames?: readonly string[];
  readonly ipAddresses?: readonly string[];
  /** 1 to 90. */
  readonly validityDays?: number;
  /** How long ago it was made; negative for one whose maker's clock was ahead. */
  readonly ageDays?: number;
}

/** How production is turned into the mutant; at least one of the four. */
export interface Overlay {
  /** Made on a copy of the sources, which is then built and started in their place. */
  readonly edits?: readonly Edit[];
  /** Run by the superuser in the database `missions` once the stack is up, one by one. */
  readonly sql?: readonly string[];
  /** Variables of `compose.yaml` that differ from production. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly certificate?: CertificateOverlay;
}

export interface Mutant {
  /** In kebab-case; the name of its file. */
  readonly id: string;
  /** The defect, in the words of somebody who has just found it. */
  readonly title: string;
  readonly area: MutantArea;
  /** Id of the claim that must fail, such as `resilience/replica-kill`. */
  readonly claim: string;
  /** Id of the objective whose title must stand in that failure; any other failure is luck. */
  readonly objective: string;
  readonly overlay: Overlay;
}

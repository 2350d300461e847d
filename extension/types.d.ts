// The shapes that cross between page, background and core. Types only: nothing of this file is shipped.

/** What a shop's adapter asks the content script to cut. Made by the build from `data/marketplaces`. */
interface TouchstonePlan {
  marketplace: string | null;
  pages: PlanPage[];
  states?: PlanState[];
}

/** The same without what is said of pages of any shop. */
interface AbridgedPlan {
  marketplace: string | null;
  pages: (PlanPage | Pick<PlanPage, "kind" | "url">)[];
  states: PlanState[];
}

interface PlanPage {
  kind: "product" | "search" | "seller";
  role: "offer" | "tile" | "page";
  /** Templates of path and query; `*` is any run of characters. */
  url: string[];
  regions: string[];
  exclude: string;
  /** Kept with their content. */
  wholes: string[];
  /** Kept without it, with these attributes. */
  heads: [string, string[]][];
  pruned: string;
  attributes: string[];
  between: string[];
  names: string[] | null;
  parts: string[];
  structured: boolean;
  place: string[];
  obstacles: [string, Obstacle][];
  /** Where no adapter says where the facts are. */
  marks?: Marks;
}

/** How facts are found on a page of which nothing is known; patterns of literal alternatives. */
interface Marks {
  tiles: string[];
  longest: number;
  amounts: string;
  labels: string;
  buttons: string;
}

type Obstacle = "robot-check" | "login-wall" | "no-results" | "gone";

interface PlanState {
  page: number;
  script: string;
  after: string;
  values: Record<string, string>;
}

/** `page::snapshot::Snapshot`. */
interface Snapshot {
  url: string;
  language: string | null;
  title: string | null;
  regions: { role: "offer" | "tile" | "page"; html: string }[];
  structured: { jsonLd: string[]; meta: [string, string][]; canonical: string | null; microdata: string[] };
  state: Record<string, unknown>;
  obstacle: Obstacle | null;
  truncated: boolean;
}

/** A snapshot with the page's elements that its regions were cut from. */
interface Cut {
  snapshot: Snapshot;
  elements: Element[];
  page: PlanPage | null;
}

interface Price {
  min: string;
  max: string;
  currency?: string;
}

interface Listing {
  title?: string;
  url?: string;
  item_id?: string;
  brand?: string;
  price?: Price;
  list_price?: Price;
  seller?: string;
  seller_id?: string;
  ships_from?: string;
  condition?: "new" | "used" | "refurbished";
  availability?: "in-stock" | "unavailable" | "sold";
  gtin?: string;
  rating?: number;
  category?: string;
  description?: string;
  sponsored?: boolean;
  bid?: boolean;
  assurances?: { code: string; evidence: string }[];
}

type Level = "unknown" | "none" | "caution" | "likely";

interface Signal {
  code: string;
  weight: number;
  evidence: string;
  detail?: Record<string, unknown>;
}

interface Assessment {
  level: Level;
  score: number;
  brand?: string;
  brand_name?: string;
  /** Whether the goods are of a kind that can hurt. */
  can_hurt?: boolean;
  signals: Signal[];
}

interface Judged extends Listing {
  region?: number;
  key: string;
  assessment: Assessment;
  silenced?: "dismissed" | "trusted" | "ignored";
}

/** `report::Report`. */
interface PageReport {
  schema: number;
  url: string;
  marketplace?: string;
  page: "product" | "search" | "seller" | "other" | "unreadable";
  obstacle?: Obstacle;
  version?: number;
  readBy?: Record<string, { index: number; from: string; spare?: boolean }>;
  prices: { oldest: string; newest: string; outdated: boolean };
  listings: Judged[];
}

/** `market::Part`: depth, tag, id, classes, names of `data-` attributes. */
type Part = [number, string, string, string, string[]];

interface Channel {
  id?: string;
  method: "control" | "form" | "email" | "help";
  name: string;
  selectors?: string[];
  texts?: string[];
  address?: string | null;
  words?: string;
  login?: boolean;
  grade: "A" | "B" | "C" | "M";
  checked?: string;
}

/** A stored report. */
interface ReportRecord {
  schema: number;
  key: string;
  made: string;
  listing: Listing;
  assessment: Assessment;
  marketplace?: string;
  url: string;
  notice: { language: string; text: string; missing: string[] };
  channel: Channel;
}

interface Refusal {
  code: string;
  message: string;
}

type Answer<T> = ({ ok: true } & T) | { ok: false; error: Refusal };

interface ReportAnswer {
  record: ReportRecord;
  stored: boolean;
  again: boolean;
  /** Whether the page is shown in a private window, of which nothing is stored. */
  private: boolean;
  error?: Refusal;
}

type Sensitivity = "fewer" | "usual" | "more";

interface Settings {
  country: string;
  language: string;
  sensitivity: Sensitivity;
}

/** `memory::Memory`: what the core is told with every page. */
interface Memory {
  trusted: string[];
  dismissed: string[];
  ignored: string[];
  /** `today` as `YYYY-MM-DD`. */
  terms: { today: string; sensitivity: Sensitivity };
}

interface SettingsAnswer {
  settings: Settings;
  trusted: { id: string; name: string; added: string }[];
  dismissed: { key: string; title: string; added: string }[];
  /** Brands on which no warning is wanted. */
  ignored: { id: string; name: string; added: string }[];
  damaged: string[];
}

/** What the popup learns from the content script of its tab. */
interface PageState {
  state: "reading" | "read" | "failed";
  report: PageReport | null;
  error: Refusal | null;
  snapshotInfo: { characters: number; milliseconds: number; regions: number } | null;
}

/** What one drawn card or mark knows. */
interface Subject {
  cut: Cut;
  report: PageReport;
  index: number;
}

/** The scripts of the page share one object; the isolated world keeps it out of the page's reach. */
interface Touchstone {
  cut(plan: TouchstonePlan): Cut;
  dom: {
    all(root: Document | Element, selector: string, most?: number): Element[];
    attribute(element: Element, name: string): string | null;
    contains(node: Node, other: Node): boolean;
    getter(prototype: object, name: string): (of: Node) => any;
    parentNode(node: Node): any;
    textContent(node: Node): any;
  };
  h(tag: string, look: string, ...inside: (Node | string)[]): any;
  shell(content: Node, more: string): HTMLDivElement;
  /** Set by the gallery alone, so that its checks can look inside. */
  shadow?: "open";
  ask(message: object): Promise<any>;
  place: {
    card(host: HTMLElement, cut: Cut, slim: (on: boolean) => void): boolean;
    mark(host: HTMLElement, root: HTMLElement, tile: Element, cut: Cut): boolean;
    anchor(cut: Cut): Element | null;
    dark(element: Element): boolean;
    size(): string;
    point(element: Element, label: string): void;
    control(channel: Channel): Element | null;
  };
  card: {
    make(subject: Subject, form: "card" | "mark"): Drawn;
  };
  /** Keys of listings whose warning was put away on this page alone. */
  silenced: Set<string>;
  started?: { again(): void };
  stopPointing?(): void;
}

interface Drawn {
  host: HTMLElement;
  root: HTMLElement;
  /** Of a mark, whether its tile still names the offer. */
  named?: false | (() => boolean);
  slim(on: boolean): void;
  theme(dark: boolean, size: string): void;
  announce(): void;
  expand(on: boolean): void;
  /** Shows the answer to a report. The gallery needs it; a click leads here otherwise. */
  tell(answer: Answer<ReportAnswer>): Promise<void>;
}

declare var touchstone: Touchstone;
declare var touchstonePlan: TouchstonePlan;
/** The plans of the shops that a click adds, as JSON, and each host's among them. */
declare var touchstoneAdded: [string[], Record<string, number>];
/** Of shops whose pages are in part cut like those of any shop. */
declare var touchstoneCompleted: (plan: AbridgedPlan) => TouchstonePlan;
/** Of the plans of pages without an adapter alone. */
declare var touchstoneMarked: {
  (marks: Marks, wholes: Element[]): Element[];
  microdata(outermost: (selectors: string[], exclude: string) => Element[], Writer: any, snapshot: Snapshot): void;
};

/** A shop as the extension's own pages know it. Made by the build from `data/marketplaces`. */
interface Shop {
  id: string;
  name: string;
  hosts: string[];
  install: boolean;
  unverified: boolean;
  /** The names of its plan scripts. */
  plans: string[];
}

declare module "*/shop-table.js" {
  export const SHOPS: Shop[];
  export const HOSTS: Record<string, number>;
  export const SCRIPTS: string[];
}

declare module "*/judging-table.js" {
  /** Id and name of each brand, by name. */
  export const BRANDS: [string, string][];
  /** Of each sensitivity the share of genuine offers that are warned of, and of copies that are found. */
  export const COSTS: Record<Sensitivity, { warned: number; found: number }>;
}

/** Made by wasm-bindgen from `src/web`. */
declare module "*/core/touchstone.js" {
  export default function init(options: { module_or_path: URL }): Promise<unknown>;
  export function start(rules: Uint8Array): void;
  export function inspect(snapshot: Snapshot, memory: Memory): PageReport;
  export function draft(snapshot: Snapshot, index: number, options: { language: string; country: string; now: string }, memory: Memory): ReportRecord;
  export function keepReport(record: ReportRecord): Promise<{ id: string; again: boolean; record: ReportRecord }>;
  export function findReport(key: string): Promise<ReportRecord | null>;
  export function reports(): Promise<{ reports: ReportRecord[]; damaged: number }>;
  export function deleteReport(key: string): Promise<void>;
  export function exportReports(): Promise<unknown>;
  export function drift(drift: { url: string; readBy: object; structure: Part[] }): string;
  export function falseAlarm(snapshot: Snapshot, index: number, memory: Memory): string;
  export function __wbg_reset_state(): void;
}

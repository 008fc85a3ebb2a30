import { Markup, markup } from "./markup.ts";

const style = new Markup(
  "body{font:13px system-ui,sans-serif}td,th{padding:3px 8px;text-align:left}" +
    ".good{background:#dff3e4}.wrong{background:#fbdcdc}.soft{color:#666}",
);

/** A part of the summary as a page of its own, for readers that show files and know no style of ours. */
export function plainPage(title: string, body: Markup): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>${style}</style></head><body>${body}</body></html>
`.text;
}

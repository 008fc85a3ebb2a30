import { createLogUpdate } from "log-update";

const everyMs = 500;

/** Draws a line below all others and again every half second; it is gone when it ends. */
export function liveLine(stream: NodeJS.WriteStream, text: () => string) {
  // The cursor is left alone: whoever ends this process by force should find it where it was.
  const update = createLogUpdate(stream, { showCursor: true });
  const draw = () => {
    const width = Math.max(20, stream.columns - 1);
    const whole = text();
    update(whole.length <= width ? whole : `${whole.slice(0, width - 1)}…`);
  };
  draw();
  const timer = setInterval(draw, everyMs);
  return {
    draw,
    clear: () => update.clear(),
    end: () => {
      clearInterval(timer);
      update.clear();
    },
  };
}

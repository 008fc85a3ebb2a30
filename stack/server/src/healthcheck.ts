/**
 * Exits 0 when this replica answers its liveness question within a second, 1 otherwise.
 *
 * A program of its own, because the images promise no curl and no wget; over `node:http`, because
 * it starts in half the time of `fetch` and runs every few seconds.
 */
import { get } from "node:http";

const ANSWER_TIMEOUT_MS = 1_000;
const port = process.env["PORT"] ?? "3000";

const request = get(`http://127.0.0.1:${port}/livez`, (answer) => {
  process.exit(answer.statusCode === 200 ? 0 : 1);
});
request.on("error", () => process.exit(1));
setTimeout(() => process.exit(1), ANSWER_TIMEOUT_MS);

/** Where the process begins. What is compiled once is kept, so all else is loaded after that. */

import { keepCompiledModules } from "./compile-cache.ts";
import { catchTheRest } from "./last-resort.ts";

keepCompiledModules();
catchTheRest();
const { runCommandLine } = await import("./command-line.ts");
process.exit(await runCommandLine());

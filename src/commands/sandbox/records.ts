import type { SandboxLog } from "../../sandbox/log.ts";

/** What the sandbox tells: where it is, then what it is asked and what it does. */
export type SandboxRecord =
	| {
			type: "ready";
			url: string;
			/** The `IGWH_*` settings that point igwh, or another tool, at it. */
			environment: Record<string, string>;
	  }
	| SandboxLog;

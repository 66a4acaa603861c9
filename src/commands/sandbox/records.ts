import type { SandboxLog } from "../../sandbox/log.ts";

/** How settings are written: for a shell, an env file, or GitHub's `$GITHUB_ENV`. */
export const environmentFormats = ["shell", "dotenv", "ci"] as const;
export type EnvironmentFormat = (typeof environmentFormats)[number];

/** What the sandbox emits: where it is, then what it is asked and what it does. */
export type SandboxRecord =
	| {
			type: "ready";
			url: string;
			/** The `IGWH_*` settings that point igwh, or another tool, at it. */
			environment: Record<string, string>;
	  }
	| {
			type: "environment";
			format: EnvironmentFormat;
			environment: Record<string, string>;
	  }
	| (SandboxLog & { verbose?: true });

/** What goes wrong with some calls of the Graph API. */
export interface Fault {
	/** The calls: a method, the end of a path, or both, e.g. `POST /mentions`; `*` is every call. */
	on: string;
	/** The error they are answered with: `190`, `190/463`, or with an HTTP status `4@403`. */
	fail?: string;
	/** How long they wait for their answer. */
	delayMs?: number;
	/** The connection closes before the answer is complete. */
	drop?: boolean;
	/** To how many calls it happens; to all of them where left out. */
	times?: number;
}

import type { Announcement } from "../delivery/report.ts";

/** What shall happen. Each field takes the members that mean something to it. */
export interface TriggerInput {
	/** An Instagram field. */
	field: string;
	/** The Instagram account it happens to; bluebottle where left out. */
	accountId?: string;
	/** What the comment says; an @mention is put in front where it is missing. */
	text?: string;
	/** The username of the person who writes, with or without @. */
	from?: string;
	/** Mentions only: the caption that mentions the account, instead of a comment. */
	caption?: string;
	/** Comments only: under an ad made from the account's media. */
	ad?: boolean;
	/** Comments only: on a picture of an album, which the delivery does not name. */
	album?: boolean;
	/** Story insights only: every number is below 5. */
	low?: boolean;
	/** How many times it happens, up to 10 000; once where left out. */
	count?: number;
	/** How many of them one delivery reports, up to 1000; one where left out. */
	batch?: number;
	/** Sends each delivery twice, as Meta may. */
	duplicate?: boolean;
	/** Sends the deliveries in any order, as Meta may. */
	shuffle?: boolean;
}

export interface TriggerResult extends Announcement {
	field: string;
	accountId: string;
	/** The value of the change, as delivered; the first one of several. */
	value: Record<string, unknown>;
}

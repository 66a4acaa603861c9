/** What is added to the sandbox's world; an id that is there already is replaced. Dates are ISO 8601. */
export interface SandboxSeed {
	/** What the person granted the app. */
	permissions?: Record<string, "granted" | "declined">;
	/** Instagram professional accounts. */
	accounts?: {
		id: string;
		username: string;
		name?: string;
		/** `true` where left out. */
		broadcasting?: boolean;
	}[];
	/** Facebook pages. */
	pages?: {
		id: string;
		name?: string;
		category?: string;
		accessToken?: string;
		/** The linked Instagram account. */
		accountId?: string;
		/** `true` where left out. */
		businessVerified?: boolean;
	}[];
	/** User tokens, and more page tokens. */
	tokens?: {
		value: string;
		pageId?: string;
		expiresAt?: string;
		/** All that was granted, where left out. */
		scopes?: string[];
	}[];
	media?: {
		id: string;
		/** A username; a person is made where nobody has it. */
		owner: string;
		type?: "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";
		productType?: "FEED" | "STORY" | "REELS" | "LIVE";
		caption?: string;
		albumId?: string;
		commentsOff?: boolean;
		createdAt?: string;
	}[];
	comments?: {
		id: string;
		mediaId: string;
		/** A username. */
		from: string;
		text?: string;
		/** The comment this one answers. */
		parentId?: string;
		hidden?: boolean;
		createdAt?: string;
	}[];
}

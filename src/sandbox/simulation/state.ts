/** Everything the sandbox knows, kept in memory. Times are Unix milliseconds. */
export interface SandboxState {
	app: App;
	/** The person who made the app and granted it its permissions. */
	user: Person;
	permissions: Map<string, "granted" | "declined">;
	/** What was granted through Instagram Login, whose permissions have names of their own. */
	instagramPermissions: Map<string, "granted" | "declined">;
	tokens: AccessToken[];
	pages: Map<string, Page>;
	accounts: Map<string, Account>;
	media: Map<string, Media>;
	comments: Map<string, Comment>;
	/** By object, e.g. `instagram`. */
	subscriptions: Map<string, AppSubscription>;
	/** What the login dialog gave to apps, by code. */
	loginCodes?: Map<string, LoginCode>;
	/** People who are not users of the app, by username. */
	strangers: Map<string, Author>;
	/** Nobody whose media is commented on has a private account. */
	mediaOwnersPublic: boolean;
	/** What Meta's documents print as the id of the first reply, until it is given. */
	firstReplyId?: string;
	/** Since when every delivery of an account has failed, by its id. */
	failingSince: Map<string, number>;
	/** The subscription to the `instagram` object while its gate is closed, to be put back. */
	closedSubscription?: AppSubscription;
	/** Stories that were in the world from the start and have not expired yet. */
	runningStories: Set<string>;
}

export interface App {
	kind: "app";
	id: string;
	name: string;
	category: string;
	link: string;
	secret: string;
	/** The app as Instagram Login knows it. */
	instagramAppId: string;
	/** Signs the deliveries of accounts subscribed through Instagram Login. */
	instagramAppSecret: string;
	live: boolean;
	advancedAccess: boolean;
}

export interface Person {
	kind: "user";
	id: string;
	name: string;
}

export interface AccessToken {
	value: string;
	/** The page a page token belongs to; a user token has none. */
	pageId?: string;
	/** The account that a token of Instagram Login belongs to; the others have none. */
	accountId?: string;
	issuedAt: number;
	/** Never, where left out. */
	expiresAt?: number;
	/** All the app was granted, where left out. */
	scopes?: readonly string[];
}

/** The proof that a person went through the login dialog; good once, for ten minutes. */
export interface LoginCode {
	login: "facebook" | "instagram";
	redirectUri: string;
	expiresAt: number;
	used: boolean;
}

export interface Page {
	kind: "page";
	id: string;
	name: string;
	category: string;
	accessToken: string;
	businessVerified: boolean;
	/** The linked Instagram account. */
	accountId?: string;
	/** What the app subscribed to; nothing where the app is not installed. */
	subscribedFields?: readonly string[];
}

/** Who writes: an Instagram account as comments show it. */
export interface Author {
	id: string;
	username: string;
}

/** An Instagram professional account that granted the app its permissions. */
export interface Account extends Author {
	kind: "account";
	name: string;
	/** Its id as other accounts' apps see it. */
	scopedId: string;
	/** It may go live, so that live comments can happen. */
	broadcasting: boolean;
	/** What the app subscribed to through Instagram Login; nothing where it did not. */
	subscribedFields?: readonly string[];
}

export interface Media {
	kind: "media";
	id: string;
	owner: Author;
	type: "IMAGE" | "VIDEO" | "CAROUSEL_ALBUM";
	productType: "FEED" | "STORY" | "REELS" | "LIVE" | "AD";
	createdAt: number;
	caption?: string;
	/** How many accounts saw it; made up where left out. */
	reach?: number;
	/** The accounts that are tagged in it, by id. */
	taggedIds?: readonly string[];
	/** Its owner switched comments off. */
	commentsOff?: boolean;
	/** The album this is a picture of. */
	albumId?: string;
	/** The ad it is shown as, and the media the ad was made from. */
	ad?: { id: string; title: string; originalMediaId: string };
}

export interface Comment {
	kind: "comment";
	id: string;
	mediaId: string;
	author: Author;
	text: string;
	createdAt: number;
	hidden: boolean;
	/** It got its one private reply. */
	privatelyReplied?: boolean;
	/** The comment this one answers. */
	parentId?: string;
}

export interface AppSubscription {
	callbackUrl: string;
	verifyToken: string;
	fields: readonly { name: string; version: string }[];
	/** False: deliveries only name the fields that changed. */
	includeValues?: boolean;
}

export type GraphNode = App | Person | Page | Account | Media | Comment;

/** The account's id as the app sees it with Instagram Login: `id` of `/me`, where `user_id` is the id of deliveries. */
export function appScopedId({ id }: Account): string {
	return `2${id.slice(1)}`;
}

/** The page through which an Instagram account is linked. */
export function pageOfAccount(
	{ pages }: SandboxState,
	accountId: string,
): Page | undefined {
	return [...pages.values()].find((page) => page.accountId === accountId);
}

/**
 * The login through which the app receives what happens to an account: its
 * page's, unless only the account itself is subscribed.
 */
export function loginOf(
	state: SandboxState,
	accountId: string,
): "facebook" | "instagram" {
	const subscribed = state.accounts.get(accountId)?.subscribedFields;
	return subscribed && !pageOfAccount(state, accountId)?.subscribedFields
		? "instagram"
		: "facebook";
}

/** The account that owns a media, if it is one of the app's. */
export function owningAccount(
	{ accounts }: SandboxState,
	media: Media | undefined,
): Account | undefined {
	return media && accounts.get(media.owner.id);
}

/** Whether a text @mentions a username: `@blue` is neither in `@bluebottle` nor in `@blue.bottle`. */
export function doesMention(text: string | undefined, username: string) {
	const name = username.replaceAll(".", "\\.");
	return new RegExp(`(?<![\\w.])@${name}(?!\\w|\\.\\w)`, "i").test(text ?? "");
}

import {
	practiceTokens,
	sandboxCredentials,
	sandboxInstagramLogin,
} from "../credentials.ts";
import type {
	AccessToken,
	Account,
	Comment,
	Media,
	Page,
	SandboxState,
} from "./state.ts";

const day = 86_400_000;

/**
 * The world of Meta's page "Webhooks for Instagram": its accounts, media,
 * comment and story, around which the rest is made up.
 * @param now the sandbox's start
 */
export function seedWorld(now: number): SandboxState {
	return {
		app: {
			kind: "app",
			id: sandboxCredentials.appId,
			name: "igwh sandbox",
			category: "Business",
			link: "https://sandbox.example/app",
			secret: sandboxCredentials.appSecret,
			instagramAppId: sandboxInstagramLogin.appId,
			instagramAppSecret: sandboxCredentials.instagramAppSecret,
			live: true,
			advancedAccess: true,
		},
		user: { kind: "user", id: "10150000000000001", name: "Sandy Sandbox" },
		permissions: new Map(
			permissions.map((permission) => [permission, "granted"]),
		),
		instagramPermissions: new Map(
			instagramPermissions.map((permission) => [permission, "granted"]),
		),
		tokens: [...tokens(now), ...instagramTokens(now)],
		pages: byId(pages()),
		accounts: byId(accounts()),
		media: byId(media()),
		comments: byId(comments()),
		subscriptions: new Map(),
		strangers: new Map(
			[highlander, macleod].map((stranger) => [stranger.username, stranger]),
		),
		mediaOwnersPublic: true,
		firstReplyId: "17911496353086895",
		failingSince: new Map(),
		runningStories: new Set(["18023345989012587"]),
	};
}

const permissions = [
	"public_profile",
	"business_management",
	"instagram_basic",
	"instagram_manage_comments",
	"instagram_manage_insights",
	"instagram_manage_messages",
	"pages_manage_metadata",
	"pages_messaging",
	"pages_read_engagement",
	"pages_show_list",
] as const;

const instagramPermissions = [
	"instagram_business_basic",
	"instagram_business_manage_comments",
	"instagram_business_manage_insights",
	"instagram_business_manage_messages",
] as const;

function tokens(now: number): AccessToken[] {
	const { pageId, pageToken, userToken } = sandboxCredentials;
	const issuedAt = now - day;
	return [
		{ value: userToken, issuedAt, expiresAt: now + 59 * day },
		{ value: pageToken, pageId, issuedAt },
		{ value: practiceTokens.secondPage, pageId: secondPageId, issuedAt },
		{
			value: practiceTokens.shortLived,
			issuedAt: now,
			expiresAt: now + day / 24,
		},
		{
			value: practiceTokens.expired,
			issuedAt: now - 61 * day,
			expiresAt: now - day,
		},
		{
			value: practiceTokens.withoutPermissions,
			pageId,
			issuedAt,
			scopes: ["public_profile"],
		},
	];
}

function instagramTokens(now: number): AccessToken[] {
	const accountId = bluebottle.id;
	const issuedAt = now - day;
	const expiresAt = now + 59 * day;
	return [
		{
			value: sandboxInstagramLogin.token,
			accountId,
			issuedAt,
			expiresAt,
		},
		{
			value: practiceTokens.secondInstagram,
			accountId: slowmorning.id,
			issuedAt,
			expiresAt,
		},
		{
			value: practiceTokens.shortLivedInstagram,
			accountId,
			issuedAt: now,
			expiresAt: now + day / 24,
		},
		{
			value: practiceTokens.expiredInstagram,
			accountId,
			issuedAt: now - 61 * day,
			expiresAt: now - day,
		},
		{
			value: practiceTokens.instagramWithoutPermissions,
			accountId,
			issuedAt,
			expiresAt,
			scopes: [],
		},
	];
}

const secondPageId = "2043861125870917";
const bluebottle = {
	id: sandboxCredentials.igUserId,
	username: "bluebottle",
} as const;
const slowmorning = {
	id: "17841405309211844",
	username: "slowmorning",
} as const;
const highlander = { id: "1640532879364215", username: "highlander.films" };
const macleod = { id: "2817305946120738", username: "duncan.macleod" };

function pages(): Page[] {
	return [
		{
			kind: "page",
			id: sandboxCredentials.pageId,
			name: "Bluebottle",
			category: "Coffee shop",
			accessToken: sandboxCredentials.pageToken,
			businessVerified: true,
			accountId: bluebottle.id,
		},
		{
			kind: "page",
			id: secondPageId,
			name: "Slow Morning",
			category: "Café",
			accessToken: practiceTokens.secondPage,
			businessVerified: true,
			accountId: slowmorning.id,
		},
	];
}

function accounts(): Account[] {
	return [
		{
			kind: "account",
			...bluebottle,
			name: "Bluebottle",
			scopedId: "7340916258037142",
			broadcasting: true,
		},
		{
			kind: "account",
			...slowmorning,
			name: "Slow Morning",
			scopedId: "6095183724416029",
			broadcasting: true,
		},
	];
}

const cupId = "17955061238374021";
const albumId = "17963412875096604";
const albumPictureId = "17846310592271197";

function media(): Media[] {
	return [
		{
			kind: "media",
			id: "17918195224117851",
			owner: highlander,
			type: "IMAGE",
			productType: "FEED",
			createdAt: Date.UTC(2018, 2, 9, 19, 16, 8),
			caption: "@bluebottle There can be only one!",
			taggedIds: [bluebottle.id],
		},
		{
			kind: "media",
			id: "18023345989012587",
			owner: slowmorning,
			type: "IMAGE",
			productType: "STORY",
			createdAt: Date.UTC(2019, 0, 15, 22, 4, 3),
		},
		{
			kind: "media",
			id: cupId,
			owner: bluebottle,
			type: "IMAGE",
			productType: "FEED",
			createdAt: Date.UTC(2018, 2, 12, 8, 30),
			caption: "First light, first cup.",
		},
		{
			kind: "media",
			id: "17881290467513368",
			owner: slowmorning,
			type: "IMAGE",
			productType: "FEED",
			createdAt: Date.UTC(2019, 0, 10, 9, 15),
			caption: "No hurry.",
		},
		{
			kind: "media",
			id: albumId,
			owner: bluebottle,
			type: "CAROUSEL_ALBUM",
			productType: "FEED",
			createdAt: Date.UTC(2018, 2, 14, 10, 0),
			caption: "From bean to cup, in three pictures.",
		},
		...[albumPictureId, "17846310592271198", "17846310592271199"].map(
			(id): Media => ({
				kind: "media",
				id,
				owner: bluebottle,
				type: "IMAGE",
				productType: "FEED",
				createdAt: Date.UTC(2018, 2, 14, 10, 0),
				albumId,
			}),
		),
	];
}

function comments(): Comment[] {
	return [
		{
			kind: "comment",
			id: "17894227972186120",
			mediaId: "17918195224117851",
			author: macleod,
			text: "@bluebottle challenge?",
			createdAt: Date.UTC(2018, 2, 20, 0, 5, 29),
			hidden: false,
		},
		{
			kind: "comment",
			id: "17870913679156914",
			mediaId: cupId,
			author: macleod,
			text: "Which beans are these?",
			createdAt: Date.UTC(2018, 2, 12, 9, 2, 41),
			hidden: false,
		},
		{
			kind: "comment",
			id: "17858304291647035",
			mediaId: albumPictureId,
			author: highlander,
			text: "The second one, framed, please",
			createdAt: Date.UTC(2018, 2, 14, 11, 47, 12),
			hidden: false,
		},
	];
}

function byId<T extends { id: string }>(nodes: T[]): Map<string, T> {
	return new Map(nodes.map((node) => [node.id, node]));
}

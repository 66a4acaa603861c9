import { expect, test } from "vitest";
import { metaNames } from "../../../../src/sandbox/api/nodes/meta-names.ts";
import { sandboxInstagramLogin } from "../../../../src/sandbox/credentials.ts";
import { metaSdk, type SdkClass } from "../../../support/meta-sdk.ts";
import {
	appId,
	appToken,
	igUserId,
	pageId,
	pageToken,
	startSandbox,
	userToken,
} from "../../../support/sandbox-world.ts";

/** What v26.0 of the API has more than the SDK on npm, which is of v24.0. */
const v26: Record<string, string[]> = {
	IGMedia: `audio_id current_live_viewer_count is_ai_generated media_audio_type
		reposts_count saved_count shares_count total_comments_count
		total_like_count total_views_count`.split(/\s+/),
	IGMediaForIGOnlyAPI: ["current_live_viewer_count", "is_ai_generated"],
};

test.each(Object.entries(metaNames))(
	"%s has the fields and edges of Meta's SDK",
	(type, { fields, edges }) => {
		const node = metaSdk[type] as SdkClass;
		expect([...fields].sort()).toEqual(
			[...Object.values(node.Fields), ...(v26[type] ?? [])].sort(),
		);
		expect([...edges].sort()).toEqual(readEdgesOf(node));
	},
);

/** The paths its methods read, from their text. */
function readEdgesOf({ prototype }: SdkClass): string[] {
	const methods = Object.getOwnPropertyNames(prototype).filter((name) =>
		/^get[A-Z]/.test(name),
	);
	const paths = methods.flatMap(
		(name) =>
			/getEdge\([\s\S]*?["']\/(\w+)["']/.exec(
				String((prototype as Record<string, unknown>)[name]),
			)?.[1] ?? [],
	);
	return [...new Set(paths)].sort();
}

test.each([
	["Application", appId, appToken],
	["User", "me", userToken],
	["Page", pageId, pageToken],
	["IGUser", igUserId, pageToken],
	["IGMedia", "17955061238374021", pageToken],
	["IGComment", "17870913679156914", pageToken],
	["IGUserForIGOnlyAPI", "instagram/me", sandboxInstagramLogin.token],
	[
		"IGMediaForIGOnlyAPI",
		"instagram/17955061238374021",
		sandboxInstagramLogin.token,
	],
] as const)(
	"%s answers for each, and refuses others",
	async (type, path, token) => {
		const { ask, refusal, state } = startSandbox();
		state.permissions.set("instagram_content_publish", "granted");
		state.instagramPermissions.set(
			"instagram_business_content_publish",
			"granted",
		);
		const { fields, edges } = metaNames[type];
		const plain = [...fields].filter((name) => !needsParameters.has(name));
		const { status, json } = await ask(`GET /${path}?fields=${plain}`, {
			token,
		});
		expect(status).toBe(200);
		expect(json).not.toHaveProperty("website");
		for (const edge of edges) {
			if (needsParameters.has(edge)) continue;
			const { status, json } = await ask(`GET /${path}/${edge}`, { token });
			expect([edge, status, Array.isArray(json.data)]).toEqual([
				edge,
				200,
				true,
			]);
		}
		expect(
			await refusal(`GET /${path}?fields=no_such_field`, { token }),
		).toContain(
			"Tried accessing nonexisting field (no_such_field) on node type",
		);
	},
);

const needsParameters = new Set([
	"mentioned_comment",
	"mentioned_media",
	"business_discovery",
	"insights",
	// Of a page, with a shape of its own, and of an app, with an app token.
	"subscribed_apps",
]);

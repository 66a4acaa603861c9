import type { SettingName } from "../../config/settings.ts";
import type { Kind } from "./pasted.ts";

/** What init asks for as a text. */
export type Asked = Extract<
	SettingName,
	"appId" | "appSecret" | "instagramAppSecret" | "userToken" | "verifyToken"
>;

export interface Question {
	message: string;
	/** Where the value is shown, as menus to choose one after the other. */
	where: string;
	/** It is not shown as it is typed. */
	secret: boolean;
	/** The form of its value, where it has one. */
	kind?: Kind;
	/** What is wrong with a value, where its form does not tell. */
	problem?(text: string): string | undefined;
}

/** The permissions that igwh's commands use, with Facebook Login. */
export const permissions = [
	"instagram_basic",
	"instagram_manage_comments",
	"instagram_manage_insights",
	"pages_manage_metadata",
	"pages_read_engagement",
	"pages_show_list",
] as const;

export const questions: Readonly<Record<Asked, Question>> = {
	appId: {
		message: "App ID",
		where:
			"App Dashboard (developers.facebook.com/apps): your app, App settings, Basic, App ID",
		secret: false,
		kind: "an app id",
		problem: (text) =>
			/^\d{1,30}$/.test(text) ? undefined : "an app id has only digits",
	},
	appSecret: {
		message: "App secret",
		where: "on the same page: App secret, Show",
		secret: true,
		kind: "an app secret",
	},
	userToken: {
		message: "Access token",
		where: [
			"Facebook Login: Graph API Explorer (developers.facebook.com/tools/explorer): your app,",
			"  User Token, Generate Access Token, with the permissions",
			`  ${permissions.slice(0, 3).join(", ")},`,
			`  ${permissions.slice(3).join(", ")}`,
			"Instagram Login: App Dashboard: your app, Instagram, API setup with Instagram login, Generate token",
		].join("\n"),
		secret: true,
		kind: "an access token",
	},
	instagramAppSecret: {
		message: "Instagram app secret",
		where:
			"App Dashboard: your app, Instagram, API setup with Instagram login, Instagram app secret, Show",
		secret: true,
		kind: "an app secret",
	},
	verifyToken: {
		message: "Verify token",
		where:
			"your own choice: Meta sends it with the handshake. Enter takes the one that was made",
		secret: false,
		problem: verifyTokenProblem,
	},
};

/** Meta fails silently for longer ones, and for other characters. */
export function verifyTokenProblem(text: string): string | undefined {
	return /^[\w-]{1,64}$/.test(text)
		? undefined
		: "a verify token has 64 characters at most: letters, digits, _ and -";
}

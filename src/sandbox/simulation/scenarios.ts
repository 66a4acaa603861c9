import type { Scenario } from "./scenario.ts";
import type { ScenarioName } from "./scenario-names.ts";

const trigger = (field: string, input: object = {}, spread = 0) =>
	({ do: "trigger", overMs: spread, input: { field, ...input } }) as const;
const wait = (ms: number) => ({ do: "wait", ms }) as const;
const receiver = (down: boolean) =>
	({ do: "receiver", input: { down } }) as const;
const second = 1000;
const minute = 60 * second;

/** Days that a webhook app should live through. */
export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
	"viral-post": {
		description: "500 comments on a post within 10 seconds",
		steps: [
			trigger(
				"comments",
				{ text: "How did I miss this?", count: 500 },
				10 * second,
			),
		],
	},
	"live-broadcast": {
		description: "live comments during a broadcast, and one too late",
		steps: [
			{ do: "open", input: { gates: ["broadcasting"] } },
			trigger("live_comments", { count: 60 }, minute),
			{ do: "close", input: { gates: ["broadcasting"] } },
			trigger("live_comments", { text: "Is it over already?" }),
			{ do: "open", input: { gates: ["broadcasting"] } },
		],
	},
	"expiring-story": {
		description:
			"a story that few people saw expires: -1 stands for less than 5",
		steps: [wait(2 * second), trigger("story_insights", { low: true })],
	},
	"self-comments": {
		description:
			"the account answers itself: a bot that answers these never ends",
		steps: [
			trigger(
				"comments",
				{ text: "Thank you all!", from: "bluebottle", count: 5 },
				5 * second,
			),
		],
	},
	"album-comment": {
		description:
			"a comment on a picture of an album: only its media field names the album",
		steps: [trigger("comments", { album: true, text: "The second one!" })],
	},
	"receiver-outage": {
		description:
			"the receiver is down for two hours: messages are sent again, then the account is unsubscribed",
		speed: 1440,
		steps: [
			trigger("messages", { text: "Before the outage" }),
			receiver(true),
			trigger("messages", { text: "Anybody there?" }),
			wait(120 * minute),
			receiver(false),
			trigger("messages", { text: "After the outage" }),
		],
	},
	"expired-token": {
		description:
			"the page's token expires between two mentions, and is renewed a minute later",
		steps: [
			trigger("mentions"),
			wait(2 * second),
			{ do: "expire-token", input: {} },
			trigger("mentions"),
			wait(minute),
			{ do: "renew-token", input: {} },
		],
	},
	"deleted-comment": {
		description: "someone mentions the account, then deletes the comment",
		steps: [
			trigger("mentions", { text: "too hasty" }),
			wait(second),
			{ do: "delete-last-comment" },
		],
	},
};

import { instagramFields } from "../../webhook/fields.ts";
import type { InstagramFieldName } from "../../webhook/payload-types.ts";
import { graphErrors } from "../api/graph-error.ts";
import type { Sandbox } from "../context.ts";
import { unixSeconds } from "../graph-time.ts";
import { deliver } from "./deliver.ts";
import { changesBody } from "./delivery-body.ts";
import type { TestReport } from "./report.ts";

/**
 * What the Test button of the App Dashboard sends: made-up ids, and messaging
 * events in `changes`. Those of the last fields were not seen; they follow the
 * others.
 */
const samples: Readonly<
	Record<InstagramFieldName, Readonly<Record<string, unknown>>>
> = {
	comments: {
		from: { id: "232323232", username: "test" },
		media: { id: "123123123", media_product_type: "FEED" },
		id: "17865799348089039",
		parent_id: "1231231234",
		text: "This is an example.",
	},
	live_comments: {
		from: { id: "232323232", username: "test" },
		media: { id: "123123123", media_product_type: "LIVE" },
		id: "17865799348089039",
		text: "This is an example.",
	},
	mentions: {
		media_id: "17887498072083520",
		comment_id: "17887498072083520",
	},
	story_insights: {
		media_id: "17887498072083520",
		impressions: 444,
		reach: 44,
		taps_forward: 4,
		taps_back: 3,
		exits: 3,
		replies: 0,
	},
	messages: {
		...event("1527459824"),
		message: { mid: "random_mid", text: "random_text" },
	},
	message_reactions: {
		...event(233445667),
		reaction: {
			mid: "random_mid",
			action: "react",
			reaction: "love",
			emoji: "❤️",
		},
	},
	messaging_postbacks: {
		sender: { id: "2494432963985342" },
		recipient: { id: "90010195674710" },
		timestamp: 233445667,
		is_self: true,
		postback: {
			mid: "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE",
			title: "Talk to human",
			payload: "Payload",
		},
	},
	messaging_seen: {
		...event("1527459824"),
		read: { mid: "last_message_id_read" },
	},
	message_echoes: {
		...event("1527459824"),
		message: { mid: "random_mid", text: "random_text", is_echo: true },
	},
	message_edit: {
		...event("1527459824"),
		message_edit: { mid: "random_mid", text: "random_text", num_edit: 1 },
	},
	messaging_handover: {
		...event("1527459824"),
		pass_thread_control: {
			previous_owner_app_id: "123456789",
			new_owner_app_id: "987654321",
			metadata: "random_metadata",
		},
	},
	messaging_optins: {
		...event("1527459824"),
		optin: { type: "notification_messages", payload: "random_payload" },
	},
	messaging_policy_enforcement: {
		...event("1527459824"),
		policy_enforcement: { action: "warning", reason: "random_reason" },
	},
	messaging_referral: {
		...event("1527459824"),
		referral: { ref: "random_ref", source: "ADS", type: "OPEN_THREAD" },
	},
	response_feedback: {
		...event("1527459824"),
		response_feedback: { feedback: "Good response", mid: "random_mid" },
	},
	standby: {
		...event("1527459824"),
		message: { mid: "random_mid", text: "random_text" },
	},
};

function event(timestamp: string | number) {
	return { sender: { id: "12334" }, recipient: { id: "23245" }, timestamp };
}

/**
 * Presses the Test button of a field: its sample goes to the app's callback,
 * whatever gate is closed.
 * @throws GraphError 100 for an unknown field, or an app without a callback
 */
export async function pressTest(
	sandbox: Sandbox,
	field: string,
): Promise<TestReport> {
	if (!Object.hasOwn(samples, field))
		throw graphErrors.notOneOf("field", Object.keys(instagramFields), field);
	const value = samples[field as InstagramFieldName];
	const time = unixSeconds(sandbox.world.clock.now());
	const body = changesBody([{ id: "0", time, changes: [{ field, value }] }]);
	const delivery = await deliver(sandbox, { accountId: "0", field, ...body });
	if (!delivery)
		throw graphErrors.invalidParameter(
			"the app has no callback: igwh subscribe --callback <url>",
		);
	return { field, accountId: "0", value, delivery };
}

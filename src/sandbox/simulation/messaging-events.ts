import type { Sandbox } from "../context.ts";
import type { Account, Author } from "./state.ts";

/** Who writes to an account, and what. */
export interface Conversation {
	account: Account;
	person: Author;
	text: string;
}

type Member = (mid: string, conversation: Conversation) => object;

/** What each messaging field carries beside sender, recipient and time. */
const members: Readonly<Record<string, Member>> = {
	messages: (mid, { text }) => ({ message: { mid, text } }),
	message_echoes: (mid, { text }) => ({
		message: { mid, text, is_echo: true },
	}),
	message_edit: (mid, { text }) => ({
		message_edit: { mid, text, num_edit: 1 },
	}),
	message_reactions: (mid) => ({
		reaction: { mid, action: "react", reaction: "love", emoji: "❤️" },
	}),
	messaging_handover: () => ({
		pass_thread_control: {
			previous_owner_app_id: "263902037430900",
			new_owner_app_id: "491028375610294",
			metadata: "to a person",
		},
	}),
	messaging_optins: () => ({
		optin: {
			type: "notification_messages",
			title: "Roast of the month",
			payload: "roast-of-the-month",
			notification_messages_token: "5236914788034125967",
		},
	}),
	messaging_policy_enforcement: () => ({
		policy_enforcement: {
			action: "warning",
			reason: "Messages were sent outside the allowed window",
		},
	}),
	messaging_postbacks: (mid, { text }) => ({
		postback: { mid, title: text, payload: "TALK_TO_PERSON" },
	}),
	messaging_referral: () => ({
		referral: { ref: "poster-12", source: "SHORTLINK", type: "OPEN_THREAD" },
	}),
	messaging_seen: (mid) => ({ read: { mid } }),
	response_feedback: (mid) => ({
		response_feedback: { feedback: "Good response", mid },
	}),
	standby: (mid, { text }) => ({ message: { mid, text } }),
};

export const messagingFields = Object.keys(members);

/** The fields whose event carries a text. */
export const fieldsWithText: ReadonlySet<string> = new Set([
	"messages",
	"message_echoes",
	"message_edit",
	"messaging_postbacks",
	"standby",
]);

/** An event of a messaging field, in Meta's key order. */
export function messagingEvent(
	{ world }: Sandbox,
	field: string,
	conversation: Conversation,
): Record<string, unknown> {
	const account = { id: conversation.account.id };
	const person = { id: conversation.person.id };
	const isEcho = field === "message_echoes";
	const mid = `aWdf${Buffer.from(world.randomBytes(24)).toString("base64url")}`;
	return {
		// A policy is enforced by nobody in particular.
		...(field !== "messaging_policy_enforcement" && {
			sender: isEcho ? account : person,
		}),
		recipient: isEcho ? person : account,
		timestamp: world.clock.now(),
		...members[field]?.(mid, conversation),
	};
}

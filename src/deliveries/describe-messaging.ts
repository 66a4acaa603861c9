import { asArray, asRecord, asString } from "../webhook/delivery.ts";

type Event = Record<string, unknown>;

/**
 * A messaging event in a few words. The member it contains gives its kind; live
 * events may lack a sender.
 */
export function describeMessaging(event: Event): string {
	const { sender, recipient } = event;
	const [what] = Object.keys(describers).filter((member) => member in event);
	const said = what ? describers[what]?.(asRecord(event[what])) : undefined;
	const from = asString(asRecord(sender).id);
	const to = asString(asRecord(recipient).id);
	const echo = asRecord(event.message).is_echo === true;
	const who = echo ? to && `to ${to}` : from && `from ${from}`;
	return [who, said].filter(Boolean).join(": ") || "an event without text";
}

const describers: Readonly<Record<string, (carried: Event) => string>> = {
	message: describeMessage,
	message_edit: ({ text: said, num_edit }) =>
		`edited (${asString(num_edit) || "1"}) to: ${asString(said)}`,
	reaction: ({ action, emoji, reaction }) =>
		action === "unreact"
			? "removed a reaction"
			: `reacted ${asString(emoji) || asString(reaction)}`,
	postback: ({ title, payload }) =>
		`pressed “${asString(title)}”${asString(payload) && ` (${asString(payload)})`}`,
	referral: ({ ref, source }) =>
		`referred by ${[asString(source).toLowerCase(), asString(ref)].filter(Boolean).join(" ")}`,
	read: () => "read the message",
	optin: ({ title, type, payload }) =>
		`opted in to ${asString(title) || asString(payload) || asString(type)}`,
	policy_enforcement: ({ action, reason }) =>
		`policy ${asString(action)}: ${asString(reason)}`,
	response_feedback: ({ feedback }) => `feedback: ${asString(feedback)}`,
	pass_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation passed to app ${asString(new_owner_app_id)}${inBrackets(metadata)}`,
	take_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation taken over by app ${asString(new_owner_app_id)}${inBrackets(metadata)}`,
	request_thread_control: ({ requested_owner_app_id, metadata }) =>
		`conversation requested by app ${asString(requested_owner_app_id)}${inBrackets(metadata)}`,
	app_roles: (roles) =>
		`roles: ${Object.entries(roles)
			.map(
				([app, role]) =>
					`app ${app} ${asArray(role).map(asString).join(" and ")}`,
			)
			.join(", ")}`,
};

function describeMessage(message: Event): string {
	const { is_deleted, is_unsupported, reply_to, quick_reply } = message;
	if (is_deleted === true) return "deleted a message";
	const kinds = asArray(message.attachments).map(
		(attachment) =>
			attachmentKinds.get(asString(asRecord(attachment).type)) ??
			`a ${asString(asRecord(attachment).type) || "file"}`,
	);
	const { story, mid } = asRecord(reply_to);
	const context = [
		story && "reply to a story",
		mid && "reply to a message",
		asRecord(message.referral).ad_id && "from an ad",
		asRecord(quick_reply).payload && "by quick reply",
	].filter(Boolean);
	const said = [asString(message.text), ...kinds].filter(Boolean).join(" + ");
	const words =
		said || (is_unsupported === true ? "a message of an unsupported type" : "");
	return `${words}${context.length > 0 ? ` (${context.join(", ")})` : ""}`;
}

/** A map: anyone may send a type named `constructor`. */
const attachmentKinds: ReadonlyMap<string, string> = new Map([
	["audio", "an audio message"],
	["image", "an image"],
	["story_mention", "a story that mentions you"],
	["ig_story", "a story"],
	["ig_post", "a post"],
	["ig_reel", "a reel"],
]);

function inBrackets(metadata: unknown): string {
	return asString(metadata) && ` (${asString(metadata)})`;
}

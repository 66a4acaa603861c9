import { asArray, asRecord, asString } from "../webhook/delivery.ts";

type Event = Record<string, unknown>;

/**
 * What a messaging event says. Which kind it is stands in the member it carries;
 * live ones come without a sender now and then.
 */
export function describeMessaging(event: Event): string {
	const { sender, recipient } = event;
	const [what] = Object.keys(describers).filter((member) => member in event);
	const said = what ? describers[what]?.(asRecord(event[what])) : undefined;
	const from = asString(asRecord(sender).id);
	const to = asString(asRecord(recipient).id);
	const echo = asRecord(event.message).is_echo === true;
	const who = echo ? to && `to ${to}` : from && `from ${from}`;
	return [who, said].filter(Boolean).join(": ") || "an event without words";
}

const describers: Readonly<Record<string, (carried: Event) => string>> = {
	message: describeMessage,
	message_edit: ({ text: said, num_edit }) =>
		`changed (${asString(num_edit) || "1"}) to: ${asString(said)}`,
	reaction: ({ action, emoji, reaction }) =>
		action === "unreact"
			? "took a reaction back"
			: `reacted ${asString(emoji) || asString(reaction)}`,
	postback: ({ title, payload }) =>
		`pressed “${asString(title)}”${asString(payload) && ` (${asString(payload)})`}`,
	referral: ({ ref, source }) =>
		`came by ${[asString(source).toLowerCase(), asString(ref)].filter(Boolean).join(" ")}`,
	read: () => "has seen it",
	optin: ({ title, type, payload }) =>
		`opted in to ${asString(title) || asString(payload) || asString(type)}`,
	policy_enforcement: ({ action, reason }) =>
		`policy ${asString(action)}: ${asString(reason)}`,
	response_feedback: ({ feedback }) => `feedback: ${asString(feedback)}`,
	pass_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation passed to app ${asString(new_owner_app_id)}${inBrackets(metadata)}`,
	take_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation taken by app ${asString(new_owner_app_id)}${inBrackets(metadata)}`,
	request_thread_control: ({ requested_owner_app_id, metadata }) =>
		`conversation asked for by app ${asString(requested_owner_app_id)}${inBrackets(metadata)}`,
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
	if (is_deleted === true) return "took a message back";
	const kinds = asArray(message.attachments).map(
		(attachment) =>
			attachmentKinds.get(asString(asRecord(attachment).type)) ??
			`a ${asString(asRecord(attachment).type) || "file"}`,
	);
	const { story, mid } = asRecord(reply_to);
	const context = [
		story && "in answer to a story",
		mid && "in answer to a message",
		asRecord(message.referral).ad_id && "from an ad",
		asRecord(quick_reply).payload && "by quick reply",
	].filter(Boolean);
	const said = [asString(message.text), ...kinds].filter(Boolean).join(" + ");
	const words =
		said || (is_unsupported === true ? "something Meta does not tell" : "");
	return `${words}${context.length > 0 ? ` (${context.join(", ")})` : ""}`;
}

/** A map: a stranger may name a type `constructor`. */
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

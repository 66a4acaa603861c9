import { list, members, text } from "../webhook/delivery.ts";

type Event = Record<string, unknown>;

/**
 * What a messaging event says. Which kind it is stands in the member it carries;
 * live ones come without a sender now and then.
 */
export function describeMessaging(event: Event): string {
	const { sender, recipient } = event;
	const [what] = Object.keys(describers).filter((member) => member in event);
	const said = what ? describers[what]?.(members(event[what])) : undefined;
	const from = text(members(sender).id);
	const to = text(members(recipient).id);
	const echo = members(event.message).is_echo === true;
	const who = echo ? to && `to ${to}` : from && `from ${from}`;
	return [who, said].filter(Boolean).join(": ") || "an event without words";
}

const describers: Readonly<Record<string, (carried: Event) => string>> = {
	message: describeMessage,
	message_edit: ({ text: said, num_edit }) =>
		`changed (${text(num_edit) || "1"}) to: ${text(said)}`,
	reaction: ({ action, emoji, reaction }) =>
		action === "unreact"
			? "took a reaction back"
			: `reacted ${text(emoji) || text(reaction)}`,
	postback: ({ title, payload }) =>
		`pressed “${text(title)}”${text(payload) && ` (${text(payload)})`}`,
	referral: ({ ref, source }) =>
		`came by ${[text(source).toLowerCase(), text(ref)].filter(Boolean).join(" ")}`,
	read: () => "has seen it",
	optin: ({ title, type, payload }) =>
		`opted in to ${text(title) || text(payload) || text(type)}`,
	policy_enforcement: ({ action, reason }) =>
		`policy ${text(action)}: ${text(reason)}`,
	response_feedback: ({ feedback }) => `feedback: ${text(feedback)}`,
	pass_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation passed to app ${text(new_owner_app_id)}${inBrackets(metadata)}`,
	take_thread_control: ({ new_owner_app_id, metadata }) =>
		`conversation taken by app ${text(new_owner_app_id)}${inBrackets(metadata)}`,
	request_thread_control: ({ requested_owner_app_id, metadata }) =>
		`conversation asked for by app ${text(requested_owner_app_id)}${inBrackets(metadata)}`,
	app_roles: (roles) =>
		`roles: ${Object.entries(roles)
			.map(([app, role]) => `app ${app} ${list(role).map(text).join(" and ")}`)
			.join(", ")}`,
};

function describeMessage(message: Event): string {
	const { is_deleted, is_unsupported, reply_to, quick_reply } = message;
	if (is_deleted === true) return "took a message back";
	const kinds = list(message.attachments).map(
		(attachment) =>
			attachmentKinds.get(text(members(attachment).type)) ??
			`a ${text(members(attachment).type) || "file"}`,
	);
	const { story, mid } = members(reply_to);
	const context = [
		story && "in answer to a story",
		mid && "in answer to a message",
		members(message.referral).ad_id && "from an ad",
		members(quick_reply).payload && "by quick reply",
	].filter(Boolean);
	const said = [text(message.text), ...kinds].filter(Boolean).join(" + ");
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
	return text(metadata) && ` (${text(metadata)})`;
}

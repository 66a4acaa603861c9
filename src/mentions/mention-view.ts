import { ageText } from "../cli/age-text.ts";
import type { Theme } from "../cli/theme.ts";
import type { InboxEntry, MentionRecord, UnreadableRecord } from "./records.ts";

/** The author, the text, the place, the state, and the command that answers it. */
export function mentionLines(
	record: MentionRecord | UnreadableRecord,
	theme: Theme,
): string {
	if (record.type === "unreadable") return unreadableLines(record, theme);
	const { username, text, inbox } = record;
	return [
		`${theme.strong(`@${username ?? "unknown"}`)}  ${text}${stateMark(inbox, theme)}`,
		theme.dim(`    ${about(record).join("  ")}`),
		...(record.comments ?? []).map(
			({ username, text }) =>
				`    ${theme.dim("↳")} @${username ?? "unknown"}  ${text}`,
		),
		...standing(inbox).map((line) => `    ${theme.dim(line)}`),
		...(mayBeAnswered(record)
			? [theme.dim(`    answer: ${answerCommand(record)}`)]
			: []),
	].join("\n");
}

/** Where it was written, on what kind of media, how long ago, and its address. */
export function about(record: MentionRecord): string[] {
	const { media, parentId, ad, ageSeconds, timestamp } = record;
	const kinds = [media?.productType, media?.mediaType]
		.flatMap((kind) => (kind && kind !== "FEED" ? [kind] : []))
		.map((kind) => kind.toLowerCase().replaceAll("_", " "));
	return [
		where(record),
		parentId && `in reply to ${parentId}`,
		ad &&
			`on the ad ${[ad.id, ad.title && `“${ad.title}”`, ad.originalMediaId && `of media ${ad.originalMediaId}`].filter(Boolean).join(" ")}`,
		...kinds,
		timestamp,
		ageSeconds !== undefined && ageText(ageSeconds),
		media?.permalink,
	].filter((part): part is string => Boolean(part));
}

function where({ kind, field, mediaId, media }: MentionRecord): string {
	// The notification names the picture of an album, `media` the album itself.
	const id = media?.id || mediaId;
	if (kind === "caption")
		return field === "comments"
			? `your media ${id}`
			: `in the caption of ${id}`;
	return field === "comments" ? `on your media ${id}` : `in a comment on ${id}`;
}

function unreadableLines(record: UnreadableRecord, theme: Theme): string {
	const { username, text, reason, inbox, ageSeconds } = record;
	const known = [username && `@${username}`, text].filter(Boolean).join("  ");
	return [
		`${theme.bad("✗")} ${idOf(record)}${known && `  ${known}`}${stateMark(inbox, theme)}`,
		`    ${theme.dim([reason, ageSeconds !== undefined && `received ${ageText(ageSeconds)}`].filter(Boolean).join("  "))}`,
	].join("\n");
}

function stateMark(inbox: InboxEntry | undefined, theme: Theme): string {
	if (!inbox) return "";
	if (inbox.state === "failed") return `  ${theme.bad("failed")}`;
	if (isOpen(inbox)) return `  ${theme.warn("perhaps answered")}`;
	return inbox.state === "new" ? "" : `  ${theme.dim(inbox.state)}`;
}

/** Why it is in its state, and what was answered. */
export function standing(inbox: InboxEntry | undefined): string[] {
	const { answer, reason } = inbox ?? {};
	return [
		...(reason ? [reason] : []),
		...(answer
			? [
					answer.state === "sent"
						? `answered: ${answer.message}`
						: `this answer may or may not have arrived: ${answer.message}`,
				]
			: []),
	];
}

function isOpen({ answer }: InboxEntry): boolean {
	return answer?.state === "sending" || answer?.state === "unknown";
}

/** Instagram takes an answer to it, and none was sent or begun. */
export function mayBeAnswered(record: MentionRecord): boolean {
	const { kind, field, inbox, media } = record;
	if (media?.productType === "LIVE") return false;
	if (kind === "caption" && field === "comments") return false;
	return !inbox || (inbox.state === "new" && !isOpen(inbox));
}

function answerCommand({
	field,
	commentId,
	mediaId,
	answerAs,
}: MentionRecord): string {
	const flags = [
		commentId && `--comment-id ${commentId}`,
		field === "mentions" && `--media-id ${mediaId}`,
		answerAs && `--ig-user-id ${answerAs}`,
	].filter(Boolean);
	return `igwh reply ${flags.join(" ")} --message '…'`;
}

function idOf({ commentId, mediaId }: UnreadableRecord): string {
	return commentId ? `comment ${commentId}` : `media ${mediaId}`;
}

import { IgwhError } from "../igwh-error.ts";

/**
 * The limits of a comment. Meta documents none for answers: these are those of
 * the Instagram app, and both can be set.
 */
export interface MessageLimits {
	/** In UTF-16 code units, which are never fewer than the characters. */
	maxLength: number;
	maxHashtags: number;
}

export const defaultLimits: MessageLimits = {
	maxLength: 2200,
	maxHashtags: 30,
};

/** Why a message cannot be sent; nothing where it can. */
export function messageProblem(
	message: string,
	{ maxLength, maxHashtags }: MessageLimits,
): string | undefined {
	const hashtags = message.match(/(?<!&)#[\p{L}\p{N}_]+/gu)?.length ?? 0;
	if (!message.trim()) return "it is empty";
	if (message.length > maxLength)
		return `it has ${message.length} characters; the limit is ${maxLength}`;
	if (hashtags > maxHashtags)
		return `it has ${hashtags} hashtags; the limit is ${maxHashtags}`;
	return undefined;
}

/** @throws IgwhError `usage` */
export function checkMessage(message: string, limits: MessageLimits): void {
	const problem = messageProblem(message, limits);
	if (problem)
		throw new IgwhError(
			"usage",
			`the answer cannot be sent: ${problem}`,
			"shorten it, or set other limits with --max-length and --max-hashtags",
		);
}

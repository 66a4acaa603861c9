import { IgwhError } from "../igwh-error.ts";

/**
 * What Instagram takes as a comment. Meta documents neither number for answers;
 * these are those of the app, so both can be set.
 */
export interface MessageLimits {
	/** Characters, counted as UTF-16 does, which is never too few. */
	maxLength: number;
	maxHashtags: number;
}

export const defaultLimits: MessageLimits = {
	maxLength: 2200,
	maxHashtags: 30,
};

/** What is wrong with a message, if anything. */
export function messageProblem(
	message: string,
	{ maxLength, maxHashtags }: MessageLimits,
): string | undefined {
	const hashtags = message.match(/(?<!&)#[\p{L}\p{N}_]+/gu)?.length ?? 0;
	if (!message.trim()) return "it says nothing";
	if (message.length > maxLength)
		return `it has ${message.length} characters, Instagram takes ${maxLength}`;
	if (hashtags > maxHashtags)
		return `it has ${hashtags} hashtags, Instagram takes ${maxHashtags}`;
	return undefined;
}

/** @throws IgwhError `usage` */
export function checkMessage(message: string, limits: MessageLimits): void {
	const problem = messageProblem(message, limits);
	if (problem)
		throw new IgwhError(
			"usage",
			`the answer cannot be sent: ${problem}`,
			"--max-length and --max-hashtags set other limits",
		);
}

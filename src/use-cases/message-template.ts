import { IgwhError } from "../igwh-error.ts";
import type { MentionRecord } from "../records.ts";

const values = {
	username: ({ username }: MentionRecord) => username,
	text: ({ text }: MentionRecord) => text,
	media_id: ({ mediaId }: MentionRecord) => mediaId,
	comment_id: ({ commentId }: MentionRecord) => commentId,
	permalink: ({ media }: MentionRecord) => media?.permalink,
};

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

/**
 * Reads a template such as `Thanks @{{username}}!`.
 * @returns what it says to a mention; nothing where a value is not known
 * @throws IgwhError `usage` for a name it does not have
 */
export function messageTemplate(
	template: string,
): (mention: MentionRecord) => string | undefined {
	for (const [whole, name = ""] of template.matchAll(placeholder))
		if (!Object.hasOwn(values, name)) throw unknownName(whole);
	return (mention) => {
		let complete = true;
		const message = template.replace(placeholder, (_, name) => {
			const value = values[name as keyof typeof values](mention);
			if (!value) complete = false;
			return value ?? "";
		});
		return complete ? message : undefined;
	};
}

function unknownName(whole: string): IgwhError {
	return new IgwhError(
		"usage",
		`--template: there is no ${whole}`,
		`it knows ${Object.keys(values)
			.map((name) => `{{${name}}}`)
			.join(", ")}`,
	);
}

import type { MentionRecord } from "../../mentions/records.ts";
import { similar } from "../../readers/name.ts";
import { type Reader, Unreadable } from "../../readers/reader.ts";

/** Writes the answer to a mention; nothing where a value it needs is not known. */
export type Template = (mention: MentionRecord) => string | undefined;

const values = {
	username: ({ username }: MentionRecord) => username,
	text: ({ text }: MentionRecord) => text,
	media_id: ({ mediaId }: MentionRecord) => mediaId,
	comment_id: ({ commentId }: MentionRecord) => commentId,
	permalink: ({ media }: MentionRecord) => media?.permalink,
};
const names = Object.keys(values);

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;

export const messageTemplate: Reader<Template> = {
	example: "Thanks @{{username}}!",
	read: (template) => {
		if (!template.trim())
			throw new Unreadable("is empty", { give: "an answer" });
		for (const [whole, name = ""] of template.matchAll(placeholder))
			if (!Object.hasOwn(values, name)) throw unknownName(whole, name);
		const [left] = /\{\{|\}\}/.exec(template.replace(placeholder, "")) ?? [];
		if (left)
			throw new Unreadable(`has an unmatched ${left}`, {
				give: "names between {{ and }}",
			});
		return (mention) => {
			let complete = true;
			const message = template.replace(placeholder, (_, name) => {
				const value = values[name as keyof typeof values](mention);
				if (!value) complete = false;
				return value ?? "";
			});
			return complete ? message : undefined;
		};
	},
};

function unknownName(whole: string, name: string): Unreadable {
	const meant = similar(name, names);
	return new Unreadable(
		"is not a placeholder",
		meant
			? { suggestion: `{{${meant}}}` }
			: {
					hint: `placeholders: ${names.map((name) => `{{${name}}}`).join(", ")}`,
				},
		whole,
	);
}

import { type Reader, Unreadable } from "./reader.ts";

/** `Name: value`, added to what is forwarded; Meta's signature cannot be replaced. */
export const header: Reader<readonly [name: string, value: string]> = {
	example: "X-Debug: 1",
	read: (text) => {
		const [, name, value] =
			/^([\w!#$%&'*+.^`|~-]+):[ \t]*(.*)$/.exec(text) ?? [];
		if (name === undefined || value === undefined || !/^[\t -~]*$/.test(value))
			throw new Unreadable("is not a header", { give: "a name and a value" });
		if (/^x-hub-signature/i.test(name))
			throw new Unreadable("would replace Meta's signature", {
				hint: "to test how your app checks signatures, send a forged one: igwh replay mentions --tamper signature",
			});
		return [name, value];
	},
};

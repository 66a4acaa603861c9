import { type Reader, Unreadable } from "./reader.ts";

const words: Readonly<Record<string, boolean>> = {
	1: true,
	true: true,
	yes: true,
	on: true,
	0: false,
	false: false,
	no: false,
	off: false,
	"": false,
};

/** A switch in the environment, in any of the usual spellings. */
export const onOrOff: Reader<boolean> = {
	example: "1",
	read: (text) => {
		const word = text.toLowerCase();
		if (Object.hasOwn(words, word)) return words[word] as boolean;
		throw new Unreadable("is neither on nor off", { give: "1 or 0" });
	},
};

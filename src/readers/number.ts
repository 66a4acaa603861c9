import { type Reader, Unreadable } from "./reader.ts";

export function integer(
	least: number,
	most: number,
	example = String(least),
): Reader<number> {
	return {
		example,
		read: (text) => {
			const value = Number(text);
			if (/^\d+$/.test(text) && value >= least && value <= most) return value;
			throw new Unreadable(`is not an integer from ${least} to ${most}`, {
				give: "one",
			});
		},
	};
}

/** A port to listen on. */
export const port: Reader<number> = {
	example: "7300",
	read: (text) => {
		if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
		throw new Unreadable("is not a port", {
			give: "a number up to 65535; 0 takes a free port",
		});
	},
};

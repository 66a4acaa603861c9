import type { HeaderList } from "../http.ts";

/** Node's flat list of raw header names and values, as pairs. */
export function pairs(rawHeaders: readonly string[]): HeaderList {
	const list: [string, string][] = [];
	for (let index = 0; index < rawHeaders.length; index += 2)
		list.push([rawHeaders[index] as string, rawHeaders[index + 1] as string]);
	return list;
}

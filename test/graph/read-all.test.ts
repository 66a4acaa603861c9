import { expect, test } from "vitest";
import { listPages } from "../../src/graph/accounts.ts";
import type { Graph } from "../../src/graph/graph-client.ts";
import { maxParts, nextPart, readAll } from "../../src/graph/read-all.ts";

/** A Graph API whose list has a page a part. */
function listing(parts: number, cursor = (part: number) => String(part)) {
	const asked: (string | undefined)[] = [];
	const graph: Graph = async (call) => {
		asked.push(call.parameters.after);
		return call.read({
			data: [{ id: String(asked.length) }],
			paging: {
				cursors: { after: cursor(asked.length) },
				...(asked.length < parts && { next: "https://elsewhere.example/x" }),
			},
		});
	};
	return { graph, asked };
}

test.each([1, 2, maxParts])(
	"a list of %i parts is read to its end",
	async (parts) => {
		const { graph, asked } = listing(parts);
		expect(await readAll(graph, listPages)).toHaveLength(parts);
		expect(asked.slice(0, 3)).toEqual([undefined, "1", "2"].slice(0, parts));
	},
);

test.each([
	["longer than the limit", listing(maxParts + 2)],
	["that repeats itself", listing(9, () => "same")],
])("a list %s is refused", async (_, { graph }) => {
	await expect(readAll(graph, listPages)).rejects.toMatchObject({
		code: "graph",
		message: expect.stringContaining("more than 100 parts, or repeats itself"),
	});
});

test.each([
	["a cursor", { next: "https://a.example", cursors: { after: "x" } }, "x"],
	["only an address", { next: "https://a.example/?after=y" }, "y"],
	["the end", { cursors: { after: "x" } }, undefined],
	["nothing", undefined, undefined],
	["no address", { next: "?" }, undefined],
])("the next part: %s", (_, paging, after) => {
	expect(nextPart(paging)).toBe(after);
});

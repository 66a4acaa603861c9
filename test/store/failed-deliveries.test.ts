import { expect, test } from "vitest";
import { storeOf } from "../../src/store/store.ts";
import { openSqlite } from "../../src/system/sqlite.ts";
import { commentDelivery, newDelivery } from "../support/stored-deliveries.ts";

const app = "http://127.0.0.1:3000/";
const other = "http://127.0.0.1:4000/";

interface Step {
	/** The comments of a new delivery; text for a body that is not JSON. */
	delivers: number[] | string;
	/** What the apps answered, in order. */
	answers: [url: string, status: number][];
}

async function failedOf(steps: readonly Step[]): Promise<string[]> {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	for (const { delivers, answers } of steps) {
		const id = await store.deliveries.add(
			typeof delivers === "string"
				? newDelivery(delivers)
				: commentDelivery(...delivers),
		);
		for (const [url, status] of answers)
			await store.deliveries.addForwards(id, [{ url, status, ms: 1 }]);
	}
	const failed = [...store.deliveries.list({ failed: true, limit: 100 })];
	database.close();
	return failed.map(({ id }) => id);
}

test.each<[name: string, steps: Step[], failed: string[]]>([
	["never forwarded", [{ delivers: [1], answers: [] }], []],
	["accepted", [{ delivers: [1], answers: [[app, 200]] }], []],
	["accepted with 204", [{ delivers: [1], answers: [[app, 204]] }], []],
	["refused", [{ delivers: [1], answers: [[app, 401]] }], ["d1"]],
	[
		"two of them, newest first",
		[
			{ delivers: [1], answers: [[app, 502]] },
			{ delivers: [2], answers: [[app, 200]] },
			{ delivers: [3], answers: [[app, 504]] },
		],
		["d3", "d1"],
	],
	[
		"refused by one app of two",
		[
			{
				delivers: [1],
				answers: [
					[app, 200],
					[other, 500],
				],
			},
		],
		["d1"],
	],
	[
		"accepted when it was sent again",
		[
			{
				delivers: [1],
				answers: [
					[app, 500],
					[app, 200],
				],
			},
		],
		[],
	],
	[
		"accepted when Meta sent it again",
		[
			{ delivers: [1], answers: [[app, 500]] },
			{ delivers: [1], answers: [[app, 200]] },
		],
		[],
	],
	[
		"accepted when Meta sent it again, by the other app only",
		[
			{ delivers: [1], answers: [[app, 500]] },
			{ delivers: [1], answers: [[other, 200]] },
		],
		["d1"],
	],
	[
		"a batch of which one change arrived again",
		[
			{ delivers: [1, 2], answers: [[app, 500]] },
			{ delivers: [2], answers: [[app, 200]] },
		],
		["d1"],
	],
	[
		"a batch whose changes arrived again one by one",
		[
			{ delivers: [1, 2], answers: [[app, 500]] },
			{ delivers: [2], answers: [[app, 200]] },
			{ delivers: [1], answers: [[app, 200]] },
		],
		[],
	],
	[
		"failed after the same had been accepted",
		[
			{ delivers: [1], answers: [[app, 200]] },
			{ delivers: [1], answers: [[app, 500]] },
		],
		["d2"],
	],
	[
		"a body without changes",
		[{ delivers: "no", answers: [[app, 400]] }],
		["d1"],
	],
	[
		"a body without changes, accepted later",
		[
			{
				delivers: "no",
				answers: [
					[app, 400],
					[app, 200],
				],
			},
		],
		[],
	],
])("failed: %s", async (_, steps, failed) => {
	expect(await failedOf(steps)).toEqual(failed);
});

test("failed deliveries of one field, page after page", async () => {
	const database = await openSqlite(":memory:");
	const store = storeOf(database, () => 0);
	for (let number = 1; number <= 450; number++) {
		const id = await store.deliveries.add(commentDelivery(number));
		const status = number % 2 ? 200 : 502;
		await store.deliveries.addForwards(id, [{ url: app, status, ms: 1 }]);
	}
	const list = (filter: object) =>
		[...store.deliveries.list({ failed: true, limit: 1000, ...filter })].map(
			({ id }) => Number(id.slice(1)),
		);
	const even = Array.from({ length: 225 }, (_, index) => 2 * (index + 1));
	expect(list({ after: "d0" })).toEqual(even);
	expect(list({ field: "comments" })).toEqual([...even].reverse());
	expect(list({ field: "mentions" })).toEqual([]);
	expect(list({ invalid: true })).toEqual([]);
	database.close();
});

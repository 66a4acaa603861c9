import { expect, test } from "vitest";
import { groupCommit } from "../../src/store/group-commit.ts";

test("a batch that fails rejects every one of its values, and the next is written", async () => {
	let fails = true;
	const commit = groupCommit((batch: readonly number[]) => {
		if (fails) throw new Error("disk full");
		return batch.map((value) => value * 10);
	});
	const failed = await Promise.allSettled([1, 2, 3].map(commit));
	expect(failed.map(({ status }) => status)).toEqual(Array(3).fill("rejected"));
	fails = false;
	expect(await Promise.all([4, 5].map(commit))).toEqual([40, 50]);
});
